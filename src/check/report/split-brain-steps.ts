import type { LinkEnd } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { partingOf } from '../../link/findings/roles.ts';
import { listText } from '../../link/words.ts';
import type { Engine } from '../../model/server.ts';
import { proofOfUrlBackup } from '../advice/earned/losing.ts';
import { type AdviceStep, plannedFailover } from '../advice/step.ts';
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

/** Which end is the old primary is in no view: a person has to say, where this program did not see it happen. */
const beforeSplitBrain: readonly AdviceStep[] = [
  {
    text: 'Find out who forced a failover, and to which end: that end is normally the one to keep. The other is the old primary: stop the applications that write there, now.',
  },
  {
    text: 'Of the next steps do those for exactly one of {primaries}, the old primary, and none for the other: with both demoted nobody takes writes.',
  },
];

/** Where it was seen. */
const stopOldPrimary: AdviceStep = {
  text: '{kept} was failed over to, so {end} is the old primary: stop the applications that write there, now, unless you know better.',
};

const demote = {
  text: 'Only if {end} is the old primary, and the backup is proved: take the primary role away from it. Its own writes are dropped from its copy; they are lost unless they are in the backup.',
  at: 'teller',
} as const satisfies AdviceStep;

const proofText = 'Prove that backup of {end}: stop here if it is not there or not valid.';

const refusal = 'Do not take the primary role away from {end}. ';

/**
 * Microsoft's procedure after a forced failover whose old primary came back: save what the old primary has, prove it, take
 * its role away. Each is a step of its own: a failed backup does not end a batch.
 */
export const demoteOldPrimary: Readonly<Record<Engine, readonly AdviceStep[]>> = {
  sql_server: [
    {
      text: 'If {end} is the old primary: save what only it has with a tail-log backup.',
      at: 'teller',
      sql: ["BACKUP LOG [database] TO DISK = N'<file>.trn';"],
    },
    { ...demote, loses: { kind: 'demote', proofText, refusal } },
  ],
  managed_instance: [
    {
      text: 'If {end} is the old primary: save what only it has with a copy-only full backup. It needs a credential for the storage account, and is refused while the database is encrypted with a key that the service manages. Save the rows with `SqlPackage /Action:Export` or `bcp` then, or set ENCRYPTION OFF first, and wait until it has ended.',
      at: 'teller',
      sql: [
        "BACKUP DATABASE [database] TO URL = N'https://<account>.blob.core.windows.net/<container>/<file>.bak' WITH COPY_ONLY;",
      ],
    },
    { ...demote, loses: { kind: 'demote', proofText, proof: proofOfUrlBackup, refusal } },
  ],
};

const afterSplitBrain: readonly AdviceStep[] = [
  {
    text: 'Afterwards wait until the link is healthy: `milink-exporter check --watch` says where a database is to be resumed. Then bring over by hand what is missing, from the backup under another name.',
  },
  plannedFailover,
];
