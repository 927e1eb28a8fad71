import type { AssessedLink } from '../../link/link.ts';
import type { ServerState } from '../../model/server-state.ts';
import { describeSuspendReason } from '../../model/suspend-reason.ts';
import { adviceBeforeErrors, adviceOfReason, adviceOfVerdict } from '../advice/catalogue.ts';
import { certificateNotValidYet, renewAuthority, renewCopy, rotateEndpointCertificate } from '../advice/certificate.ts';
import type { AdviceStep } from '../advice/step.ts';
import { stepsOfTexts } from '../advice/text.ts';
import { fillStep, type StepScene } from './fill-step.ts';
import type { CertificateReport, CopyReport, LinkReport, NextStep } from './report.ts';

/** What to do about a link, in the order in which to do it: nothing for one that is healthy. */
export function nextStepsOf(
  link: AssessedLink,
  report: Omit<LinkReport, 'nextSteps'>,
  servers: readonly ServerState[],
): readonly NextStep[] {
  const present = report.databases.filter(({ isPresent }) => isPresent !== false).map(({ name }) => name);
  const scene: StepScene = { link, ends: report.ends, servers, databases: present };
  const missing = report.databases.filter(({ isPresent, isExpected }) => isExpected && isPresent === false);
  const expired = report.certificates.filter(({ severity }) => severity !== 'healthy');
  const steps = [
    // A link that lost its connection for a certificate needs that first.
    ...expired.flatMap((certificate) => certificateSteps(certificate, scene)),
    ...link.certificateMatches
      .filter(({ isSame }) => !isSame)
      .flatMap(({ owner }) => renewCopy[owner].map((step) => fillStep(step, { ...scene, ...oldCopy(report) }))),
    ...(adviceBeforeErrors[link.verdict] ?? []).map((step) => fillStep(step, scene)),
    ...report.errors.flatMap(({ whatToDo, server }) =>
      stepsOfTexts(whatToDo, 'teller').map((step) => fillStep(step, { ...scene, teller: server })),
    ),
    ...suspensionSteps(report, scene),
    ...adviceOfVerdict[link.verdict].map((step) => fillStep(step, scene)),
    ...link.reasons.flatMap(({ code }) => {
      const step: AdviceStep | undefined = adviceOfReason[code];
      const databases = code === 'database_missing' ? missing.map(({ name }) => name) : present;
      return step === undefined ? [] : [fillStep(step, { ...scene, databases })];
    }),
  ];
  return withoutRepeats(steps);
}

/** The managed instance's certificate as SQL Server has imported it. */
function oldCopy({ certificates }: Pick<LinkReport, 'certificates'>): Pick<StepScene, 'certificate'> {
  const copy = certificates.find(({ usage }) => usage === 'partner');
  return copy === undefined ? {} : { certificate: copy.name };
}

function certificateSteps(certificate: CertificateReport, scene: StepScene): readonly NextStep[] {
  const { server: teller, name, usage, secondsLeft, startTimestampSeconds, expiryTimestampSeconds } = certificate;
  const isEarly =
    secondsLeft !== null &&
    startTimestampSeconds !== null &&
    expiryTimestampSeconds !== null &&
    startTimestampSeconds > expiryTimestampSeconds - secondsLeft;
  const steps = isEarly ? certificateNotValidYet : usage === 'authority' ? renewAuthority : rotateEndpointCertificate;
  return steps.map((step) => fillStep(step, { ...scene, teller, certificate: name }));
}

/** By server and reason, so that a hundred databases suspended for one reason are one list of steps. */
function suspensionSteps(
  { verdict, databases }: Pick<LinkReport, 'verdict' | 'databases'>,
  scene: StepScene,
): readonly NextStep[] {
  if (verdict === 'split_brain') return [];
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

const unknownSuspension: readonly string[] = [
  'Find out why, then resume data movement on the server that shows it suspended: `ALTER DATABASE [database] SET HADR RESUME;`',
];

/** The server with the suspended copy says so itself; its partner's word counts where it can't be asked. */
function suspendedCopies(copies: readonly CopyReport[]): readonly CopyReport[] {
  const suspended = copies.filter(({ isSuspended }) => isSuspended === true);
  const own = suspended.filter(({ isOwn }) => isOwn);
  return own.length > 0 ? own : suspended;
}

function withoutRepeats(steps: readonly NextStep[]): readonly NextStep[] {
  const kept = new Map<string, NextStep>();
  for (const step of steps) {
    const key = JSON.stringify([step.text, step.statements.map(({ text }) => text)]);
    if (!kept.has(key)) kept.set(key, step);
  }
  return [...kept.values()];
}
