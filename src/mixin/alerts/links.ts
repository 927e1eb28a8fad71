import type { FindingCode } from '../../link/findings/kinds.ts';
import { linkEndsObserved, linkFinding } from '../../metrics/families/link.ts';
import { replicaConnected, replicaSynchronizationHealth } from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByExporter, saidByServer } from '../evidence/said.ts';
import { endSeen, joinedSeen, linkBeingMade, primaryEnd, primarySince, secondaryEnd } from '../evidence/series.ts';
import type { Watch } from '../evidence/watch.ts';
import { by, indented, on } from '../promql.ts';
import {
  databasesText,
  linkKeys,
  linkText,
  primaryText,
  queryText,
  reasonsText,
  selectFor,
  verdictIs,
  verdictIsNot,
} from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance'] } as const;

/** When an exporter last found one of these of a link. */
function found(settings: Settings, codes: readonly FindingCode[]): string {
  const [only, ...more] = codes;
  const finding = more.length === 0 && only !== undefined ? only : { matches: codes.join('|') };
  return saidByExporter(settings, linkKeys, `${selectFor(settings)(linkFinding, { finding })} == 1`);
}

const connectedRows = (settings: Settings): string => selectFor(settings)(replicaConnected, { replica: 'partner' });

/** A link whose ends have lost each other: by the primary's row, and as the exporter finds it, which no memory of the rules outlasts. */
function disconnected(settings: Settings): Watch {
  const onLink = on(settings, linkKeys);
  const finds = found(settings, ['partner_disconnected', 'no_partner_row']);
  return {
    name: 'MilinkLinkDisconnected',
    severity: 'critical',
    keys: linkKeys,
    wrong: [
      '(',
      `  ${indented(saidByServer(settings, linkKeys, `${connectedRows(settings)} == 0`))}`,
      // One that was never connected is new, as far as anybody knows, if the exporter does not say otherwise.
      `  and ${onLink} ${joinedSeen.name} >= 0`,
      `  or ${indented(finds)}`,
      ')',
      `unless ${onLink} (`,
      `  ${indented(verdictIs(settings, ['split_brain']))}`,
      `  or ${linkBeingMade.name}`,
      ')',
    ].join('\n'),
    right: [
      saidByServer(settings, linkKeys, `${connectedRows(settings)} == 1`),
      `unless ${onLink} ${indented(found(settings, ['no_partner_row']))}`,
    ].join('\n'),
    wait: '1m',
    why: 'As that of the health of the link, in whose place it is told: it says why.',
    summary: 'The ends of the link are not connected.',
    description: `The primary end${primaryText(settings)} of link ${linkText} is not connected with the other end${reasonsText(settings)}: no change reaches it. First see which error the last attempt to connect left, then test the network from both ends.`,
    silences: 'A link that is being made, for ten minutes, and a split brain.',
    dashboard,
  };
}

/** A link that is being made for too long, or whose other end answers and does not have it. */
function notJoined(settings: Settings): Watch {
  const onLink = on(settings, linkKeys);
  const finds = found(settings, ['other_end_has_no_row', 'partner_not_joined']);
  return {
    name: 'MilinkLinkDisconnected',
    severity: 'warning',
    keys: linkKeys,
    wrong: [
      finds,
      `or ${indented(saidByServer(settings, linkKeys, `${connectedRows(settings)} == 0`))}`,
      `  unless ${onLink} ${joinedSeen.name} >= 0`,
    ].join('\n'),
    right: [
      saidByServer(settings, linkKeys, `${connectedRows(settings)} == 1`),
      `unless ${onLink} ${indented(finds)}`,
    ].join('\n'),
    wait: '10m',
    why: `A new link reads disconnected until the managed instance has joined, and it is given up after five minutes without a start of
      the copy (error 41962).`,
    summary: 'The other end has not joined the link.',
    description: `The primary end${primaryText(settings)} of link ${linkText} has the link for ten minutes, and the other end has not joined it or does not show it${reasonsText(settings)}. First see at the other end whether it has the link; if the link is new, which error the last attempt to connect left.`,
    silences: '',
    dashboard,
  };
}

/** The primary ends of the link by name, for a text. */
function primariesText(settings: Settings): string {
  return `{{ with ${queryText(settings, primaryEnd, { labels: linkKeys })} | query | sortByLabel "server" }}: {{ range $index, $end := . }}{{ if $index }} and {{ end }}{{ $end.Labels.server }}{{ end }}{{ end }}`;
}

/** The old primary of a split brain by name, where it was seen to be that before the other one. */
function oldPrimaryText(settings: Settings): string {
  const [, ends] = /`(.*)`/.exec(queryText(settings, primarySince, { labels: linkKeys })) ?? [];
  const older = `${ends} >= 0 < ${on(settings, linkKeys)} group_left () max ${by(settings, linkKeys)} (${ends})`;
  const values = `${settings.identityValues}${linkKeys.map((label) => `$labels.${label}`).join(' ')}`;
  return `{{ with printf \`${older}\` ${values} ${values} | query }} The old primary, as seen, is {{ . | first | label "server" }}.{{ end }}`;
}

/**
 * Computed from the roles, so that it also works when each end is scraped by an exporter of its own, or when an exporter's own
 * verdict is missing. With two ends, a split brain leaves no SECONDARY: one that is still there means that a server is
 * counted twice, under two names.
 */
function splitBrain(settings: Settings): Watch {
  const [byLink, onLink] = [by(settings, linkKeys), on(settings, linkKeys)];
  const select = selectFor(settings);
  return {
    name: 'MilinkLinkSplitBrain',
    severity: 'critical',
    keys: linkKeys,
    wrong: [
      '(',
      `  max ${byLink} (${primaryEnd.name})`,
      `  and ${onLink} count ${byLink} (${primaryEnd.name}) > 1`,
      `  unless ${onLink} ${secondaryEnd.name}`,
      ')',
      'or',
      verdictIs(settings, ['split_brain']),
    ].join('\n'),
    right: [
      `max ${byLink} (${secondaryEnd.name}) and ${onLink} ${primaryEnd.name}`,
      // The other end answers and has no part in the link any more.
      `or max ${byLink} (${primaryEnd.name}) and ${onLink} count ${byLink} (${endSeen.name} >= 0) == 1`,
      `or ${verdictIsNot(settings, ['split_brain', 'missing', 'unknown', 'no_primary', 'primary_unreachable'])}`,
      `  and ${onLink} max ${byLink} (${select(linkEndsObserved)}) == 2`,
    ].join('\n'),
    wait: '1m',
    why: `The ends are not polled at one instant, so in a planned failover the old primary may be shown in its old role for one more
      poll and scrape (15 s each) beside the new one.`,
    summary: 'Both ends of the link are primary.',
    description: `Both ends of link ${linkText} have the role PRIMARY${primariesText(settings)}: each accepts writes that the other never sees.${oldPrimaryText(settings)} First stop the applications that write to the old primary; drop or demote nothing before what only it has is saved.`,
    silences: '',
    dashboard,
  };
}

/** The other end's health as the primary end reports it: what Microsoft calls the health of the link. */
function health(settings: Settings, word: 'NOT_HEALTHY' | 'PARTIALLY_HEALTHY'): { wrong: string; right: string } {
  const rows = selectFor(settings)(replicaSynchronizationHealth, { replica: 'partner', health: word });
  return { wrong: `${rows} == 1`, right: `${rows} == 0` };
}

/**
 * A first copy that runs or has failed makes the health of the whole worse: that is told of its database. Not where the
 * exporter finds that another database stands still too, which it judges for each by itself.
 */
function explainedBySeeding(settings: Settings, finding: FindingCode): string {
  const stands = saidByExporter(settings, linkKeys, `${selectFor(settings)(linkFinding, { finding })} == 1`);
  return `(${verdictIs(settings, ['seeding_failed', 'seeding'])} unless ${on(settings, linkKeys)} ${stands})`;
}

function notHealthy(settings: Settings): Watch {
  const onLink = on(settings, linkKeys);
  const { wrong, right } = health(settings, 'NOT_HEALTHY');
  return {
    name: 'MilinkLinkNotHealthy',
    severity: 'critical',
    keys: linkKeys,
    wrong: [
      saidByServer(settings, linkKeys, wrong),
      `unless ${onLink} (`,
      `  ${indented(verdictIs(settings, ['split_brain']))}`,
      `  or ${indented(explainedBySeeding(settings, 'partner_not_healthy'))}`,
      `  or ${linkBeingMade.name}`,
      ')',
    ].join('\n'),
    right: saidByServer(settings, linkKeys, right),
    wait: '1m',
    why: `The state of one poll and one scrape (15 s each) can be a passing one; a reconnect or a planned failover is over within the
      minute, and a page is wanted within two. Not while the first copy is made or has failed, nor in a split brain: other alerts
      say more then.`,
    summary: 'The link is not healthy.',
    description: `The primary end${primaryText(settings)} of link ${linkText} reports the other end as NOT_HEALTHY${reasonsText(settings)}${databasesText(settings)}: changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated. First see in the connection and in each database's state which of them stopped: the runbook has the query.`,
    silences:
      'A split brain, a first copy that runs or failed where all else follows, and a link that is being made: these have alerts of their own.',
    dashboard,
  };
}

function partiallyHealthy(settings: Settings): Watch {
  const { wrong, right } = health(settings, 'PARTIALLY_HEALTHY');
  return {
    name: 'MilinkLinkPartiallyHealthy',
    severity: 'warning',
    keys: linkKeys,
    wrong: [
      saidByServer(settings, linkKeys, wrong),
      `unless ${on(settings, linkKeys)} (`,
      `  ${indented(verdictIs(settings, ['split_brain']))}`,
      `  or ${indented(explainedBySeeding(settings, 'partner_partially_healthy'))}`,
      ')',
    ].join('\n'),
    right: saidByServer(settings, linkKeys, right),
    wait: '5m',
    why: 'A link that turns synchronous for a planned failover is partially healthy until the other end has caught up.',
    summary: 'The link is partially healthy.',
    description: `The primary end${primaryText(settings)} of link ${linkText} reports the other end as PARTIALLY_HEALTHY${reasonsText(settings)}: it does not keep up as its commit mode asks. First see whether the mode was changed for a failover, then what the lag does.`,
    silences: 'A split brain, and a first copy that runs or failed where all else is in step.',
    dashboard,
  };
}

/** How the ends of a link stand to each other. The worst first: of one evaluation, that page leaves first. */
export function linkAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-links',
    watches: [
      splitBrain(settings),
      notHealthy(settings),
      disconnected(settings),
      notJoined(settings),
      partiallyHealthy(settings),
    ],
  };
}
