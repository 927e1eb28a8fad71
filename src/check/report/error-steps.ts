import type { Finding } from '../../link/data/finding.ts';
import { describeError } from '../../model/errors/catalogue.ts';
import { linkStands, startsOver } from '../advice/start-over.ts';
import { stepsOfTexts } from '../advice/text.ts';
import { unread } from './connection-steps.ts';
import { fillStep, type StepScene } from './fill-step.ts';
import type { LinkReport, NextStep } from './report.ts';

/** A link as `check` reports it, and what its steps are filled from. */
export interface Told {
  readonly report: Omit<LinkReport, 'nextSteps'>;
  readonly scene: StepScene;
}

function seedingNumbers({ seedings }: Pick<LinkReport, 'seedings'>): ReadonlySet<number> {
  return new Set(seedings.flatMap(({ errorCode }) => errorCode ?? []));
}

/** Of the ends: what Azure says has steps of its own, and is nowhere to run a statement. */
export function connectErrors(report: Omit<LinkReport, 'nextSteps'>): LinkReport['errors'] {
  const ends = new Set(report.ends.map(({ server }) => server));
  return report.errors.filter(({ number, server }) => ends.has(server) && !seedingNumbers(report).has(number));
}

/** Databases whose first copy is being made or has failed. */
export function beingSeeded(findings: readonly Finding[]): ReadonlySet<string> {
  const seeding = findings.filter(({ code }) => code.startsWith('seeding_') && code !== 'seeding_failed_before');
  return new Set(seeding.flatMap(({ scope }) => scope.database ?? []));
}

export function seedingErrorSteps({ report, scene }: Told): readonly NextStep[] {
  return report.errors
    .filter(({ number }) => seedingNumbers(report).has(number))
    .flatMap(({ whatToDo, server }) =>
      stepsOfTexts(whatToDo, 'teller').map((step) => fillStep(step, { ...scene, teller: server })),
    );
}

/** What the catalogue says of the errors that Azure shows of these databases. */
export function azureErrorSteps(found: readonly Finding[], { scene }: Told): readonly NextStep[] {
  const names = new Set(found.map(({ scope }) => scope.database));
  const numbers = (scene.link.azure?.databases ?? []).flatMap(({ name, error }) =>
    names.has(name) ? (error?.number ?? []) : [],
  );
  return [...new Set(numbers)].flatMap((number) =>
    stepsOfTexts(unread(describeError(number)?.whatToDo ?? [], scene), 'each_end').map((step) => fillStep(step, scene)),
  );
}

/** What Azure says of a link that never came about decides, before the way is tried: its certificate, its address, its build. */
export function creationSteps(told: Told): readonly NextStep[] {
  const { databases, findings } = told.scene.link;
  if (linkStands(databases, beingSeeded(findings))) return [];
  const errors = findings.filter(({ code }) => code === 'azure_link_error');
  return azureErrorSteps(errors, told).filter((step) => !startsOver(step));
}
