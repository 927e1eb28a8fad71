import type { Finding } from '../../link/data/finding.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { namesakeBeginning } from '../../link/findings/absence.ts';
import type { FindingCode } from '../../link/findings/kinds.ts';
import { resume } from '../../model/errors/step.ts';
import type { ServerState } from '../../model/server-state.ts';
import { describeSuspendReason } from '../../model/suspend-reason.ts';
import { adviceOfFinding, damageOrder, damageOrderDisconnected } from '../advice/catalogue.ts';
import { certificateNotValidYet, renewAuthority, renewCopy, rotateEndpointCertificate } from '../advice/certificate.ts';
import { beforeSeedingAgain } from '../advice/database.ts';
import { wrongName } from '../advice/role.ts';
import { type AdviceStep, stepsOfTexts } from '../advice/step.ts';
import { addAgain, isCovered, linkStands, startsOver } from '../advice/withheld.ts';
import {
  azureErrorSteps,
  beingSeeded,
  connectErrors,
  connectionSteps,
  creationSteps,
  seedingErrorSteps,
  type Told,
} from './errors.ts';
import { fillStep, type StepScene } from './fill-step.ts';
import { losingSteps } from './losing-steps.ts';
import type { CopyReport, LinkReport, NextStep } from './report.ts';
import { splitBrainSteps } from './split-brain-steps.ts';

/** What to do about a link, first what does the most damage while it waits: nothing for one that is healthy. */
export function nextStepsOf(
  link: AssessedLink,
  report: Omit<LinkReport, 'nextSteps'>,
  { states: servers, nowSeconds }: { readonly states: readonly ServerState[]; readonly nowSeconds: number },
): readonly NextStep[] {
  const present = report.databases.filter(({ isPresent }) => isPresent !== false).map(({ name }) => name);
  const scene: StepScene = { link, ends: report.ends, servers, nowSeconds, databases: present };
  const stands = linkStands(link.databases, beingSeeded(link.findings));
  const open = link.findings.filter((each) => !isCovered(each, link.findings, stands));
  // What the end that can be seen has may be all that there is.
  const isKept = stands || link.findings.some(({ code }) => inDoubt.has(code));
  const byCode = Map.groupBy(open, ({ code }) => code);
  const order = byCode.has('partner_disconnected') ? damageOrderDisconnected : damageOrder;
  const steps = order.flatMap((code) => {
    const found = byCode.get(code) ?? [];
    if (found.length === 0) return [];
    const all = stepsOf(code, found, { report, scene });
    const own = isKept ? all.filter((step) => !startsOver(step)) : all;
    return reconnecting.has(code) && link.findings.some((each) => undisturbed.has(each.code)) ? afterwards(own) : own;
  });
  return withoutRepeats(steps);
}

const inDoubt: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'both_ends_primary',
  'no_end_primary',
  'primary_not_observed',
]);

/** What makes the ends reconnect waits until a copy is made or an emergency is over: its first step says so. */
function afterwards([first, ...others]: readonly NextStep[]): readonly NextStep[] {
  return first === undefined ? [] : [{ ...first, text: `Afterwards: ${first.text}` }, ...others];
}

const reconnecting: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'certificate_expires_now',
  'certificate_expiring',
  'certificate_differs',
  'authority_expired',
  'endpoint_settings_refuse',
  'endpoints_do_not_meet',
]);

const undisturbed: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'both_ends_primary',
  'no_end_primary',
  'primary_not_observed',
  'seeding_running',
]);

function stepsOf(code: FindingCode, found: readonly Finding[], told: Told): readonly NextStep[] {
  const { report, scene } = told;
  switch (code) {
    case 'not_found_anywhere': {
      const isNamed = found.some(({ text }) => text.startsWith(namesakeBeginning));
      return [...(isNamed ? [fillStep(wrongName, scene)] : []), ...ownSteps(code, found, scene)];
    }
    case 'both_ends_primary':
      return splitBrainSteps(scene);
    case 'database_suspended':
      return suspensionSteps(report, scene);
    case 'certificate_expired':
    case 'certificate_expires_now':
    case 'certificate_expiring':
    case 'certificate_not_valid_yet':
    case 'authority_expired':
      return found.flatMap((each) => certificateSteps(each, told));
    case 'certificate_differs':
      return report.certificateMatches
        .filter(({ isSame }) => !isSame)
        .flatMap(({ owner }) => renewCopy[owner].flatMap((step) => filled(step, { ...scene, ...oldCopy(report) })));
    case 'partner_disconnected':
      return [
        ...creationSteps(told),
        ...connectionSteps(connectErrors(report), scene),
        ...ownSteps(code, found, scene),
      ];
    case 'seeding_failed': {
      const stands = linkStands(scene.link.databases, beingSeeded(scene.link.findings));
      return [
        ...beforeSeedingAgain.map((step) => fillStep(step, scene)),
        ...seedingErrorSteps(told),
        ...ownSteps(code, found, scene),
        ...(stands ? [fillStep(addAgain, scene)] : []),
      ];
    }
    case 'azure_link_error':
      return [...azureErrorSteps(found, told), ...ownSteps(code, found, scene)];
    default:
      return ownSteps(code, found, scene);
  }
}

/** The steps of this kind of finding, for each server that tells it and for the databases that it is about. */
function ownSteps(code: FindingCode, found: readonly Finding[], scene: StepScene): readonly NextStep[] {
  const steps: readonly AdviceStep[] = adviceOfFinding[code] ?? [];
  const names = [...new Set(found.flatMap(({ scope }) => scope.database ?? []))];
  const databases = names.length > 0 ? names : scene.databases;
  const tellers = [...new Set(found.flatMap(({ scope }) => scope.server ?? []))];
  const forced = steps.filter((step) => step.loses?.kind === 'force_failover');
  const all = steps.flatMap((step) =>
    step.at === 'teller'
      ? tellers.flatMap((teller) => filled(step, { ...scene, databases, teller }))
      : forced.includes(step)
        ? losingSteps(step, scene, 'new_primary').steps
        : filled(step, { ...scene, databases }),
  );
  // Where a failover is refused, that is read before anything is done.
  return [...forced.flatMap((step) => losingSteps(step, scene, 'new_primary').refusals), ...all];
}

/** A step with its names; one whose statement has to be earned as what the ends have earned. */
function filled(step: AdviceStep, scene: StepScene): readonly NextStep[] {
  if (step.loses === undefined) return [fillStep(step, scene)];
  const { refusals, steps } = losingSteps(step, scene, 'way');
  return [...refusals, ...steps];
}

/** The managed instance's certificate as SQL Server has imported it. */
function oldCopy({ certificates }: Pick<LinkReport, 'certificates'>): Pick<StepScene, 'certificate'> {
  const copy = certificates.find(({ usage }) => usage === 'partner');
  return copy === undefined ? {} : { certificate: copy.name };
}

function certificateSteps({ code, scope }: Finding, { report, scene }: Told): readonly NextStep[] {
  const certificate = report.certificates.find(
    ({ name, server }) => name === scope.certificate && server === scope.server,
  );
  if (certificate === undefined) return [];
  const { server: teller, name, usage } = certificate;
  if (code === 'certificate_not_valid_yet')
    return certificateNotValidYet.map((step) => fillStep(step, { ...scene, teller }));
  const steps = usage === 'authority' ? renewAuthority : rotateEndpointCertificate;
  return steps.map((step) => fillStep(step, { ...scene, teller, certificate: name }));
}

function withoutRepeats(steps: readonly NextStep[]): readonly NextStep[] {
  const kept = new Map<string, NextStep>();
  for (const step of steps) {
    const key = JSON.stringify([step.text, step.statements.map(({ text }) => text)]);
    if (!kept.has(key)) kept.set(key, step);
  }
  return [...kept.values()];
}

/** By server and reason, so that a hundred databases suspended for one reason are one list of steps. */
function suspensionSteps({ databases }: Pick<LinkReport, 'databases'>, scene: StepScene): readonly NextStep[] {
  const suspended = databases.flatMap(({ name, copies }) => suspendedCopies(copies).map((copy) => ({ name, copy })));
  const groups = Map.groupBy(suspended, ({ copy }) => JSON.stringify([copy.server ?? copy.toldBy, copy.suspendReason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { suspendReason, server, toldBy } = first.copy;
    const names = [...new Set(group.map(({ name }) => name))];
    const known = suspendReason === null ? null : describeSuspendReason(suspendReason);
    return stepsOfTexts(known?.whatToDo ?? unknownSuspension, 'teller').map((step) =>
      fillStep(step, { ...scene, databases: names, teller: server ?? toldBy }),
    );
  });
}

const unknownSuspension: readonly string[] = ['Find out why.', resume];

/** The server with the suspended copy says so itself; its partner's word counts where it can't be asked. */
function suspendedCopies(copies: readonly CopyReport[]): readonly CopyReport[] {
  const suspended = copies.filter(({ isSuspended }) => isSuspended === true);
  const own = suspended.filter(({ isOwn }) => isOwn);
  return own.length > 0 ? own : suspended;
}
