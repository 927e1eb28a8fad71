import { linkEndsObserved, linkVerdict } from '../../metrics/families/link.ts';
import { up } from '../../metrics/families/polling.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import {
  byLink,
  indented,
  isBeingMade,
  linkText,
  onLink,
  primaryIsSeen,
  reasonsText,
  selectFor,
  verdictIs,
} from './link-series.ts';
import { carriedEnd } from './memory.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance'] } as const;

/** Both ends SECONDARY is a step of a planned failover; staying there is an outage: nobody takes writes. */
function noPrimary(settings: Settings): AlertRule {
  return {
    name: 'MilinkLinkNoPrimary',
    severity: 'critical',
    expression: [verdictIs(settings, ['no_primary']), `unless ${onLink} ${primaryIsSeen(settings)}`].join('\n'),
    for: '2m',
    keepFiringFor: '5m',
    why: `for: in a planned failover both ends are secondary for a minute at most, and the poll and the scrape (15 s each) add to
      it. keep_firing_for: an end that goes down hides this, it does not end it.`,
    summary: 'No end of the link is primary.',
    description: `No end of link ${linkText} has the role PRIMARY: its databases take no writes anywhere.`,
    dashboard,
  };
}

/** A link that is not expected may be dropped, so only the configuration can tell that one is missing. */
function missing(settings: Settings): AlertRule {
  return {
    name: 'MilinkLinkMissing',
    severity: 'critical',
    expression: [
      verdictIs(settings, ['missing']),
      `unless ${onLink} max ${byLink} (${selectFor(settings)(linkEndsObserved)}) > 0`,
    ].join('\n'),
    for: '5m',
    why: `for: a server that has just started shows its groups late. No keep_firing_for: as soon as a server can't be asked, the
      link is no longer known to be missing, and the alerts about that server take over.`,
    summary: 'A link that should exist is not there.',
    description: `Link ${linkText} is in the configuration of the exporter, its servers answer, and none of them has it: it was dropped, or a cutover ended it. Each end may hold a writable copy.`,
    dashboard,
  };
}

/** With the server that carried the primary end, where that is known: it is what the alert about the server is inhibited by. */
function primaryUnreachable(settings: Settings): AlertRule {
  const unreachable = verdictIs(settings, ['primary_unreachable']);
  const notPolled = `max by (server) (${selectFor(settings)(up)}) == 0`;
  return {
    name: 'MilinkLinkPrimaryUnreachable',
    severity: 'critical',
    expression: [
      '(',
      `  ${selectFor(settings)(carriedEnd)}`,
      `    and ${onLink} ${unreachable}`,
      `    and on (server) ${notPolled}`,
      `  or ${onLink} ${unreachable}`,
      ')',
      `unless ${onLink} ${primaryIsSeen(settings)}`,
    ].join('\n'),
    for: '2m',
    keepFiringFor: '5m',
    why: `for: a server that restarts is back within a minute or two, and a failed poll is repeated after 15 s. keep_firing_for: a
      server that answers now and then would start the alert anew each time.`,
    summary: 'The primary end of the link can not be reached.',
    description: `The end of link ${linkText} that answers is SECONDARY, and the other one{{ with $labels.server }}, {{ . }},{{ end }} can't be polled or does not show its part of it: the primary may be down, and whether the link works is not known.`,
    dashboard: { ...dashboard, labels: [...dashboard.labels, 'server'] },
  };
}

/** A link that the configuration does not list vanishes when none of its servers answers: it is remembered here. */
function unknown(settings: Settings): AlertRule {
  const select = selectFor(settings);
  const isTold = `max ${byLink} (${select(linkVerdict, { verdict: { not: 'unknown' } })}) == 1`;
  return {
    name: 'MilinkLinkUnknown',
    severity: 'critical',
    expression: [
      '(',
      `  ${verdictIs(settings, ['unknown'])}`,
      '  or (',
      `    group ${byLink} (${select(carriedEnd)} and on (server) max by (server) (${select(up)}) == 0) == 1`,
      `    unless ${onLink} group ${byLink} (${select(linkVerdict)})`,
      '  )',
      ')',
      `unless ${onLink} (`,
      `  ${isTold}`,
      `  or ${indented(isBeingMade(settings))}`,
      ')',
    ].join('\n'),
    for: '2m',
    keepFiringFor: '5m',
    why: `for: the first polls after a start of the exporter take seconds, a server that restarts a minute or two. keep_firing_for: a
      server that answers now and then would start the alert anew each time.`,
    summary: 'Nothing is known of the link.',
    description: `No exporter can tell how link ${linkText} is${reasonsText}: no end of it can be polled, or what its ends show is not enough. A page about the link itself would not come now.`,
    dashboard,
  };
}

/** What becomes of a link that can't be seen, or whose ends are seen without a primary: the partners of the alerts about its health. */
export function sightAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-sight',
    rules: [noPrimary(settings), primaryUnreachable(settings), unknown(settings), missing(settings)],
  };
}
