import type { LinkEnd } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { type Parting, partingOf } from '../../link/findings/roles.ts';
import { betweenText, describeEnd, listText } from '../../link/words.ts';
import type { Engine } from '../../model/server.ts';
import { bytesText, countText, durationText, timeText } from '../../text/quantity.ts';
import { proofOfUrlBackup } from '../advice/earned/losing.ts';
import { type AdviceStep, plannedFailover } from '../advice/step.ts';
import { fillStep, fillText, nextStep, type StepScene } from './fill-step.ts';
import { asAlternative, losingSteps } from './losing-steps.ts';
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

/** Who was primary before, since when the ends go apart, and where that is known from. */
function partingText({ kept, turn }: Parting, old: LinkEnd, scene: StepScene): string {
  const source =
    turn.isFromFile === true
      ? `the polls of ${kept.server}, read back from history.path`
      : `the polls of ${kept.server}`;
  const [least, most] = [turn.byTimestampSeconds, turn.afterTimestampSeconds].map((at) =>
    durationText(scene.nowSeconds - at),
  );
  const apart = least === most ? `for ${most}` : `for ${least} to ${most}`;
  return [
    `${old.server} was the only PRIMARY before: ${kept.server} was SECONDARY and became PRIMARY ${betweenText(turn)} (from ${source}).`,
    `The ends have diverged ${apart}.`,
    writtenText([old, kept], scene),
    ...loggedTexts([old, kept], scene),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** What each of two primaries holds that the other one was never sent. */
function writtenText(primaries: readonly LinkEnd[], scene: StepScene): string {
  const parts = primaries.flatMap(({ server }) => {
    const queues = scene.link.databases.flatMap(({ ends }) => ends.find((end) => end.server === server) ?? []);
    const known = queues.flatMap(({ partner }) => partner?.logSendQueueBytes ?? []);
    if (known.length === 0) return [];
    const bytes = known.reduce((sum, each) => sum + each, 0);
    const rest = known.length === queues.length ? '' : ` in ${known.length} of ${countText(queues.length, 'database')}`;
    return [`${server} ${bytesText(bytes)}${rest}${ageText(server, scene)}`];
  });
  return parts.length === 0 ? '' : `Log that was not sent to the other end: ${listText(parts)} (log_send_queue_size).`;
}

/** Of a view that may be read less often than the rest. */
function ageText(server: string, { servers, nowSeconds }: StepScene): string {
  const state = servers.find(({ name }) => name === server);
  const readAt = state?.views.get('database_replica_states')?.readTimestampSeconds ?? null;
  return readAt === null ? '' : ` ${durationText(nowSeconds - readAt)} ago`;
}

/** Changes of role, as the text of 1480 says them. */
const roleChangeNumber = 1480;
const maximumLogged = 2;
const maximumCharacters = 160;

/** What the servers' own error logs say of changes of role, the newest first. */
function loggedTexts(primaries: readonly LinkEnd[], { servers }: StepScene): readonly string[] {
  return primaries.flatMap((end) => {
    const recent = servers.find(({ name }) => name === end.server)?.errorLog?.recent ?? [];
    return recent
      .filter(({ number }) => number === roleChangeNumber)
      .toSorted((one, other) => other.timestampSeconds - one.timestampSeconds)
      .slice(0, maximumLogged)
      .map(
        ({ timestampSeconds, text }) =>
          `The error log of ${describeEnd(end)} says at ${timeText(timestampSeconds)}, by its own clock: "${text.slice(0, maximumCharacters)}"`,
      );
  });
}
