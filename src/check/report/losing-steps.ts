import { listText } from '../../link/words.ts';
import { earn } from '../advice/earned/earn.ts';
import { losingStatements } from '../advice/earned/losing.ts';
import type { AdviceStep, LosingStep } from '../advice/step.ts';
import { fillStatements, fillText, nextStep, type StepScene, serversAt } from './fill-step.ts';
import type { NextStep } from './report.ts';

/** What became of a step whose statement has to be earned. */
interface LosingSteps {
  /** Why not, for each end that has not earned it. */
  readonly refusals: readonly NextStep[];
  /** The proof and the statement, for each end that has. */
  readonly steps: readonly NextStep[];
}

/**
 * A step whose statement has to be earned, for each end that it may be for. Several ends that have earned it are
 * alternatives of `choice`.
 */
export function losingSteps(step: AdviceStep, scene: StepScene, choice: string): LosingSteps {
  const { loses, at } = step;
  if (loses === undefined || at === undefined) return { refusals: [], steps: [] };
  const all = serversAt(at, scene).map((server) => ({ server, answer: earn(loses.kind, server, scene) }));
  const refusals = all.flatMap(({ server, answer }) =>
    answer.isEarned ? [] : [nextStep({ text: `${fillText(loses.refusal, { ...scene, end: server })}${answer.text}` })],
  );
  const earned = all.flatMap(({ answer }) => (answer.isEarned ? [answer] : []));
  const steps = earned.map(({ server, text }) => earnedSteps({ step, loses, server, why: text }, scene));
  if (steps.length < 2) return { refusals, steps: steps.flat() };
  const names = earned.map(({ server }) => server);
  const only = nextStep({ text: `Of the next steps do those for exactly one of ${listText(names)}.` });
  return {
    refusals,
    steps: [only, ...steps.flatMap((branch, index) => asAlternative(branch, choice, names[index] ?? ''))],
  };
}

interface EarnedStep {
  readonly step: AdviceStep;
  readonly loses: LosingStep;
  readonly server: string;
  readonly why: string;
}

function earnedSteps({ step, loses, server, why }: EarnedStep, scene: StepScene): readonly NextStep[] {
  const { statement, proof } = losingStatements[loses.kind];
  const there = { ...scene, end: server };
  const filled = (template: string): Pick<NextStep, 'servers' | 'statements'> => ({
    servers: [server],
    statements: fillStatements([template], server, scene),
  });
  return [
    nextStep({ text: fillText(loses.proofText, there), ...filled(loses.proof ?? proof) }),
    nextStep({ text: `${fillText(step.text, there)} ${why}`, ...filled(statement) }),
  ];
}

/** Marks the steps of one way to go: of all ways with the same `of` exactly one is taken. */
export function asAlternative(steps: readonly NextStep[], of: string, choice: string): readonly NextStep[] {
  return steps.map((step) => ({ ...step, alternative: { of, choice } }));
}
