import { linkEndsObserved, linkVerdict } from '../../metrics/families/link.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { exporterLabels, saidByExporter } from '../evidence/said.ts';
import {
  bad,
  endSeen,
  freshExporter,
  linkBeingMade,
  linkDismissed,
  linkSeen,
  lostServer,
  serverDismissed,
  serverSeen,
} from '../evidence/series.ts';
import { openIn, type Watch, watchId } from '../evidence/watch.ts';
import { by, indented, on, scrapeUp } from '../promql.ts';
import {
  databasesText,
  linkKeys,
  linkText,
  primaryIsSeen,
  reasonsText,
  selectFor,
  verdictIs,
  verdictIsNot,
} from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance'] } as const;

/** A server that nobody polled for this long is not watched: longer than a restart of an exporter or of Prometheus. */
const unwatchedSeconds = 300;

/** Both ends SECONDARY is a step of a planned failover; staying there is an outage: nobody takes writes. */
function noPrimary(settings: Settings): Watch {
  return {
    name: 'MilinkLinkNoPrimary',
    severity: 'critical',
    keys: linkKeys,
    wrong: [verdictIs(settings, ['no_primary']), `unless ${on(settings, linkKeys)} ${primaryIsSeen(settings)}`].join(
      '\n',
    ),
    right: primaryIsSeen(settings),
    wait: '2m',
    why: `In a planned failover both ends are secondary for a minute at most, and the poll and the scrape (15 s each) add to it.`,
    summary: 'No end of the link is primary.',
    description: `No end of link ${linkText} has the role PRIMARY: its databases take no writes anywhere. First find out whether a planned failover is under way and who runs it; if none is, the end that was primary last takes the role back.`,
    silences: '',
    dashboard,
  };
}

/** A link that is not expected may be dropped, so only the configuration can tell that one is missing. */
function missing(settings: Settings): Watch {
  const isSeen = saidByExporter(settings, linkKeys, `${selectFor(settings)(linkEndsObserved)} > 0`);
  return {
    name: 'MilinkLinkMissing',
    severity: 'critical',
    keys: linkKeys,
    wrong: [verdictIs(settings, ['missing']), `unless ${on(settings, linkKeys)} ${isSeen}`].join('\n'),
    right: isSeen,
    wait: '5m',
    why: 'A server that has just started shows its groups late.',
    summary: 'A link that should exist is not there.',
    description: `Link ${linkText} is in the configuration of the exporter, its servers answer, and none of them has it: it was dropped, or a cutover ended it. Each end may hold a writable copy. First find out at which end the applications write now; take the link out of the configuration if that was meant.`,
    silences: 'An exporter that sees an end of the link.',
    dashboard,
  };
}

/** A link that no configuration lists, and that its servers, which answer, do not show any more. */
function vanished(settings: Settings): Watch {
  const select = selectFor(settings);
  const onLink = on(settings, linkKeys);
  const byLink = by(settings, linkKeys);
  const present = `group ${byLink} (${select(linkVerdict)})`;
  const successors = `group ${by(settings, ['managed_instance'])} (${present} unless ${onLink} group ${byLink} (${select(linkVerdict)} offset 59m53s500ms))`;
  return {
    name: 'MilinkLinkVanished',
    severity: 'warning',
    keys: linkKeys,
    wrong: [
      `0 * max ${byLink} (${linkSeen.name} > time() - 3600 and ${on(settings, exporterLabels)} ${freshExporter.name}) + time()`,
      `unless ${onLink} (`,
      `  ${present}`,
      `  or group ${byLink} (${endSeen.name} >= 0)`,
      `  or ${linkDismissed.name}`,
      ')',
      `unless ${on(settings, ['managed_instance'])} ${successors}`,
    ].join('\n'),
    right: [
      verdictIsNot(settings, ['missing']),
      `or ${openIn(settings, { name: 'MilinkLinkVanished', severity: 'warning', keys: linkKeys }, { labels: ['managed_instance'], expression: successors })} * time()`,
    ].join('\n'),
    wait: '5m',
    why: 'A server that has just started shows its groups late.',
    summary: 'A link that was there is gone.',
    description: `Link ${linkText} was seen within the last hour, its servers answer, and neither shows it any more: it was dropped, or a cutover ended it. It is in no configuration, so nobody is woken. First find out whether that was meant, and at which end the applications write; list the links that have to be there under \`links\`.`,
    silences:
      'A new link with the same managed instance takes its place; a link that is in the configuration has MilinkLinkMissing.',
    dashboard,
  };
}

/** With the server that carried the primary end, where that is known: it is what the alert about the server is inhibited by. */
function primaryUnreachable(settings: Settings): Watch {
  const unreachable = verdictIs(settings, ['primary_unreachable']);
  const onLink = on(settings, linkKeys);
  const keys = [...linkKeys, 'server'] as const;
  const id = { name: 'MilinkLinkPrimaryUnreachable', severity: 'critical', keys } as const;
  return {
    ...id,
    wrong: [
      '(',
      `  group ${by(settings, keys)} (`,
      `    ${endSeen.name} >= 0`,
      `    and ${on(settings, ['server'])} ${lostServer.name}`,
      '  )',
      `  * ${onLink} group_left () ${indented(unreachable)}`,
      `  or ${onLink} ${indented(unreachable)}`,
      ')',
      `unless ${onLink} ${primaryIsSeen(settings)}`,
    ].join('\n'),
    right: openIn(settings, id, { labels: linkKeys, expression: primaryIsSeen(settings) }),
    wait: '2m',
    why: 'A server that restarts is back within a minute or two, and a failed poll is repeated after 15 s.',
    summary: 'The primary end of the link can not be reached.',
    description: `The end of link ${linkText} that answers is SECONDARY, and the other one{{ with $labels.server }}, {{ . }},{{ end }} can't be polled or does not show its part of it: the primary may be down, and whether the link works is not known${reasonsText(settings)}${databasesText(settings)}. First find out whether the primary is alive, from another machine than the exporter's: don't fail over while it is.`,
    silences: 'An exporter that sees the primary end.',
    dashboard: { ...dashboard, labels: [...dashboard.labels, 'server'] },
  };
}

/** Ends that nobody looks at: their exporter is gone, is no target that is down, and left nobody who polls the server. */
function unwatchedEnds(settings: Settings): string {
  const isDown = `${selectFor(settings)(scrapeUp)} == 0`;
  const told = `group ${by(settings, ['server'])} (${serverSeen.name} and ${on(settings, exporterLabels)} ${isDown})`;
  return [
    `${endSeen.name} >= 0`,
    `and ${on(settings, ['server'])} max ${by(settings, ['server'])} (${serverSeen.name}) < time() - ${unwatchedSeconds}`,
    `unless ${on(settings, ['server'])} (${told} or ${serverDismissed.name})`,
  ].join('\n');
}

/** A link that the configuration does not list vanishes when none of its servers answers: it is remembered here. */
function unknown(settings: Settings): Watch {
  const onLink = on(settings, linkKeys);
  const byLink = by(settings, linkKeys);
  return {
    name: 'MilinkLinkUnknown',
    severity: 'critical',
    keys: linkKeys,
    wrong: [
      '(',
      `  ${indented(verdictIs(settings, ['unknown']))}`,
      '  or (',
      `    0 * group ${byLink} (`,
      `      ${endSeen.name} >= 0 and ${on(settings, ['server'])} ${lostServer.name}`,
      `      or ${indented(indented(indented(unwatchedEnds(settings))))}`,
      '    ) + time()',
      '  )',
      ')',
      `unless ${onLink} (`,
      `  ${indented(verdictIsNot(settings, ['unknown']))}`,
      `  or ${linkBeingMade.name}`,
      ')',
    ].join('\n'),
    right: [
      verdictIsNot(settings, ['unknown']),
      `or max ${byLink} (${bad.name}{alert="${watchId({ name: 'MilinkLinkVanished', severity: 'warning' })}"})`,
    ].join('\n'),
    wait: '2m',
    why: 'The first polls after a start of the exporter take seconds, a server that restarts a minute or two.',
    summary: 'Nothing is known of the link.',
    description: `No exporter can tell how link ${linkText} is: no end of it can be polled, what its ends show is not enough, or the exporter that saw it is gone. A page about the link itself would not come now. First see which exporter should watch it and what its last poll of each end said.`,
    silences:
      'Another exporter that can tell; a link that is being made; an exporter that is down, which has an alert of its own; a link or server that was taken out of the configuration.',
    dashboard,
  };
}

/** What becomes of a link that can't be seen, or whose ends are seen without a primary: the partners of the alerts about its health. */
export function sightAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-sight',
    watches: [
      noPrimary(settings),
      primaryUnreachable(settings),
      unknown(settings),
      missing(settings),
      vanished(settings),
    ],
  };
}
