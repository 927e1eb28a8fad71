import type { FindingCode } from '../../link/findings/kinds.ts';
import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkExpected, linkFinding, linkVerdict } from '../../metrics/families/link.ts';
import { up } from '../../metrics/families/polling.ts';
import { replicaConnected, replicaRole } from '../../metrics/families/replica.ts';
import { seedingState } from '../../metrics/families/seeding.ts';
import type { Settings } from '../config.ts';
import { by, indented, on, selectorEndingIn } from '../promql.ts';
import type { RecordedMetric, RecordingRule } from '../rules.ts';
import { exporterLabels, freshnessRules, saidByExporter, saidByServer } from './said.ts';
import {
  databaseBeingSeeded,
  endSeen,
  expectedSeen,
  exporterSeen,
  freshExporter,
  freshServer,
  joinedSeen,
  linkBeingMade,
  linkDismissed,
  linkSeen,
  primaryEnd,
  primarySince,
  reachedServer,
  secondaryEnd,
  serverDismissed,
  serverSeen,
  unjoinedSince,
  verdictSaid,
} from './series.ts';
import { memorySeconds, windows } from './watch.ts';

const link = ['link', 'managed_instance'] as const;

/** A rule that keeps its newest value for a day, over any gap of the exporter or of Prometheus. */
function kept(record: RecordedMetric, now: string, why: string): RecordingRule {
  return {
    record,
    expression: [now, 'or', `last_over_time(${record.name}[${windows.memory}]) > time() - ${memorySeconds}`].join('\n'),
    why,
  };
}

/** Whose word counts, and what has to be known of the time before a failure. Before every other group. */
export function memoryRules(settings: Settings): readonly RecordingRule[] {
  const select = selectorEndingIn(settings.selector);
  return [
    ...freshnessRules(settings),
    kept(
      exporterSeen,
      `max ${by(settings, exporterLabels)} (timestamp(${select(exporterDefinitions.build)}))`,
      'Which exporters there are: one that is down is known by its former word, whatever its job is called.',
    ),
    kept(
      serverSeen,
      saidByExporter(settings, [...exporterLabels, 'server'], select(up)),
      'Which exporter polls which server: to know who has to look when it is gone.',
    ),
    kept(
      linkSeen,
      saidByExporter(settings, [...exporterLabels, ...link], select(linkVerdict)),
      'Which exporter sees which link: one that nobody sees any more is missed.',
    ),
    kept(
      expectedSeen,
      saidByExporter(settings, [...exporterLabels, ...link], `${select(linkExpected)} == 1`),
      'Which links are in the configuration of which exporter: a link that a person took out is not missed.',
    ),
    endRule(settings),
    joinedRule(settings),
    ...linkRules(settings),
    ...roleRules(settings),
    ...dismissedRules(settings),
  ];
}

/** A server that answers and does not show the link has no part in it any more; one that does not answer keeps what it had. */
function endRule(settings: Settings): RecordingRule {
  const select = selectorEndingIn(settings.selector);
  const before = `last_over_time(${endSeen.name}[${windows.memory}])`;
  return {
    record: endSeen,
    expression: [
      saidByServer(settings, [...link, 'server'], select(replicaRole)),
      'or',
      `0 * (${before} >= 0 and ${on(settings, ['server'])} ${reachedServer.name}) - 1`,
      'or',
      `${before} >= 0 > time() - ${memorySeconds}`,
    ].join('\n'),
    why: "Which servers carry which link. A server that can't be polled takes its series with it: it keeps the links that it had until it answers again.",
  };
}

function joinedRule(settings: Settings): RecordingRule {
  const connected = selectorEndingIn(settings.selector)(replicaConnected, { replica: 'partner' });
  const before = `last_over_time(${joinedSeen.name}[${windows.memory}])`;
  return {
    record: joinedSeen,
    expression: [
      saidByServer(settings, link, `${connected} == 1`),
      'or',
      `0 * (${before} >= 0 and ${on(settings, link)} ${endSeen.name} == -1 unless ${on(settings, link)} ${endSeen.name} >= 0) - 1`,
      'or',
      `${before} >= 0 > time() - ${memorySeconds}`,
    ].join('\n'),
    why: 'A link that is being made and one whose other end was dropped look alike. This tells them apart: the second one was connected once, since it was made.',
  };
}

/** Links that an exporter had in its configuration and, polling on, does not speak of any more: a person took them out. */
function dismissedRules(settings: Settings): readonly RecordingRule[] {
  const select = selectorEndingIn(settings.selector);
  const speaks = (memory: RecordedMetric): string =>
    `${memory.name} and ${on(settings, exporterLabels)} ${freshExporter.name}`;
  return [
    {
      record: linkDismissed,
      expression: `group ${by(settings, link)} (${speaks(expectedSeen)} unless ${on(settings, link)} ${select(linkVerdict)})`,
      why: 'Links that an exporter had in its configuration and, polling on, does not speak of any more: a person took them out.',
    },
    {
      record: serverDismissed,
      expression: `group ${by(settings, ['server'])} (${speaks(serverSeen)} unless ${on(settings, ['server'])} ${freshServer.name})`,
      why: 'Servers, likewise.',
    },
  ];
}

/** A link is given up after five minutes without a start of the copy (error 41962), and the portal tries once more. */
const makingSeconds = 600;

/** Links whose other end has not joined, as far as anybody saw. The second is said while the databases are copied, for hours if need be. */
function makingRules(settings: Settings): readonly RecordingRule[] {
  const onLink = on(settings, link);
  const said = (finding: FindingCode | { readonly matches: string }): string =>
    `${saidByExporter(settings, link, `${selectorEndingIn(settings.selector)(linkFinding, { finding })} == 1`)}\nunless ${onLink} ${joinedSeen.name} >= 0`;
  const before = `last_over_time(${unjoinedSince.name}[${windows.memory}])`;
  const unjoined = said({ matches: 'other_end_has_no_row|no_partner_row' });
  const isGone = `${endSeen.name} == -1 unless ${onLink} ${endSeen.name} >= 0`;
  return [
    {
      record: unjoinedSince,
      expression: [
        `${before} >= 0 and ${onLink} (${indented(unjoined)})`,
        `or ${indented(unjoined)}`,
        `or 0 * (${before} >= 0 and ${onLink} (${joinedSeen.name} >= 0 or ${isGone})) - 1`,
        `or ${before} >= 0 > time() - ${memorySeconds}`,
      ].join('\n'),
      why: 'Since when the primary end has a link whose other end has none and never had: of one that was dropped and made anew, since that.',
    },
    {
      record: linkBeingMade,
      expression: [
        `(${indented(unjoined)}) and ${onLink} ${unjoinedSince.name} > time() - ${makingSeconds}`,
        'or',
        said('partner_not_joined'),
      ].join('\n'),
      why: `Links that are being made: the primary end has the group, the other end has not joined and never had. Until it joins, the primary
      end reports it disconnected and not healthy. One that has not come about after ten minutes is judged as any other.`,
    },
  ];
}

/** What many alerts ask of a link. */
function linkRules(settings: Settings): readonly RecordingRule[] {
  const select = selectorEndingIn(settings.selector);
  const state = { unlike: 'COMPLETED|FAILED|CANCELED|CANCELLED' };
  return [
    {
      record: verdictSaid,
      expression: saidByExporter(settings, [...link, 'verdict'], `${select(linkVerdict)} == 1`),
      why: 'The verdicts on a link of the exporters whose word counts.',
    },
    ...makingRules(settings),
    {
      record: databaseBeingSeeded,
      expression: saidByServer(settings, [...link, 'database'], `${select(seedingState, { state })} == 1`),
      why: 'Databases whose first copy is being made: of these, and of no other of the link, less is asked.',
    },
  ];
}

/** The roles, as the newest poll of each server says. */
function roleRules(settings: Settings): readonly RecordingRule[] {
  const before = `last_over_time(${primarySince.name}[${windows.memory}])`;
  const inRole = (role: 'PRIMARY' | 'SECONDARY'): string =>
    saidByServer(settings, [...link, 'server'], `${selectorEndingIn(settings.selector)(replicaRole, { role })} == 1`);
  return [
    { record: primaryEnd, expression: inRole('PRIMARY'), why: 'Primary ends, each server once, by its newest poll.' },
    { record: secondaryEnd, expression: inRole('SECONDARY'), why: 'Secondary ends, likewise.' },
    {
      record: primarySince,
      expression: [
        `${before} >= 0 and ${primaryEnd.name}`,
        `or ${primaryEnd.name}`,
        `or 0 * (${before} >= 0 and ${secondaryEnd.name}) - 1`,
        `or ${before} >= 0 > time() - ${memorySeconds}`,
      ].join('\n'),
      why: 'Since when each end is primary: in a split brain the one that is it longer is the old primary.',
    },
  ];
}
