import type { LinkEnd } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { partingOf } from '../../link/parting.ts';
import { listText } from '../../link/words.ts';
import { afterSplitBrain, beforeSplitBrain, demoteOldPrimary, stopOldPrimary } from '../advice/split-brain.ts';
import { fillStep, fillText, type StepScene } from './fill-step.ts';
import { asAlternative, losingSteps } from './losing-steps.ts';
import { nextStep } from './next-step.ts';
import { loggedTexts, partingText, writtenText } from './parting-text.ts';
import type { NextStep } from './report.ts';

/**
 * How to end a split brain: where this program saw which end was failed over to, for the old primary only; else for each
 * end, of which a person chooses exactly one.
 */
export function splitBrainSteps(scene: StepScene): readonly NextStep[] {
  const { link, servers } = scene;
  const primaries = primariesOf(link);
  const parting = partingOf(primaries, new Map(servers.map((server) => [server.name, server])));
  const old = primaries.filter((end) => parting !== null && end.engine !== parting.kept.engine);
  const [only] = old.length === 1 ? old : [];
  const after = afterSplitBrain.map((step) => fillStep(step, scene));
  if (only !== undefined && parting !== null) {
    const { kept } = parting;
    const text = fillText(stopOldPrimary.text, { ...scene, end: only.server }).replaceAll('{kept}', () => kept.server);
    return [nextStep({ text: `${text} ${partingText(parting, only, scene)}` }), ...branch(only, scene), ...after];
  }
  const names = listText(primaries.map(({ server }) => server));
  const logged = loggedTexts(primaries, scene);
  return [
    ...beforeSplitBrain.map((step) => nextStep({ text: step.text.replaceAll('{primaries}', () => names) })),
    ...(logged.length === 0
      ? []
      : [nextStep({ text: `What helps to tell: ${[...logged, writtenText(primaries, scene)].join(' ')}`.trimEnd() })]),
    ...primaries.flatMap((end) => asAlternative(branch(end, scene), 'old_primary', end.server)),
    ...after,
  ];
}

function primariesOf({ ends }: AssessedLink): readonly LinkEnd[] {
  return ends.filter(({ role }) => role === 'PRIMARY');
}

/** What is to be done at this end if it is the old primary. */
function branch({ server, engine }: LinkEnd, scene: StepScene): readonly NextStep[] {
  const there = { ...scene, teller: server };
  return demoteOldPrimary[engine].flatMap((step) => {
    if (step.loses === undefined) return [fillStep(step, there)];
    const { refusals, steps } = losingSteps(step, there, 'old_primary');
    return [...refusals, ...steps];
  });
}
