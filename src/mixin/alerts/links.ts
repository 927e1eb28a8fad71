import { replicaConnected, replicaRole, replicaSynchronizationHealth } from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { byLink, isBeingMade, linkText, onLink, reasonIs, reasonsText, selectFor, verdictIs } from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance'] } as const;

/**
 * Computed from the roles, so that it also works when each end is scraped by an exporter of its own, or when an exporter's own
 * verdict is missing. With two ends, a split brain leaves no SECONDARY: one that is still there means that a server is
 * counted twice, under two names.
 */
function splitBrain(settings: Settings): AlertRule {
  /** How many servers have the role in a link, each counted once however many exporters scrape it. */
  const serversInRole = (role: 'PRIMARY' | 'SECONDARY'): string =>
    `sum ${byLink} (max by (server, link, managed_instance) (${selectFor(settings)(replicaRole, { role })}))`;
  return {
    name: 'MilinkLinkSplitBrain',
    severity: 'critical',
    expression: [
      '(',
      `  ${serversInRole('PRIMARY')} > 1`,
      `  unless ${onLink}`,
      `  ${serversInRole('SECONDARY')} > 0`,
      ')',
      'or',
      verdictIs(settings, ['split_brain']),
    ].join('\n'),
    for: '1m',
    keepFiringFor: '5m',
    why: `for: the ends are not polled at one instant, so in a planned failover the old primary may be shown in its old role for one
      more poll and scrape (15 s each) beside the new one. keep_firing_for: one end going down hides a split brain, it does not end it.`,
    summary: 'Both ends of the link are primary.',
    description: `Both ends of link ${linkText} have the role PRIMARY: each accepts writes that the other never sees. Stop the writes on one end before anything else.`,
    dashboard,
  };
}

/** The other end's health as the primary end reports it: what Microsoft calls the health of the link. */
function notHealthy(settings: Settings): AlertRule {
  return {
    name: 'MilinkLinkNotHealthy',
    severity: 'critical',
    expression: [
      partnerHealthIs(settings, 'NOT_HEALTHY'),
      `unless ${onLink} (`,
      `  ${verdictIs(settings, ['split_brain', 'seeding_failed', 'seeding'])}`,
      `  or ${isBeingMade(settings)}`,
      ')',
    ].join('\n'),
    for: '1m',
    keepFiringFor: '5m',
    why: `for: the state of one poll and one scrape (15 s each) can be a passing one; a reconnect or a planned failover is over
      within the minute, and a page is wanted within two. keep_firing_for: a primary end that goes down takes the series with it.
      Not while the first copy is made or has failed, nor in a split brain: other alerts say more then.`,
    summary: 'The link is not healthy.',
    description: `The primary end of link ${linkText} reports the other end as NOT_HEALTHY${reasonsText}: changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated.`,
    dashboard,
  };
}

function partiallyHealthy(settings: Settings): AlertRule {
  return {
    name: 'MilinkLinkPartiallyHealthy',
    severity: 'warning',
    expression: [
      partnerHealthIs(settings, 'PARTIALLY_HEALTHY'),
      `unless ${onLink} ${verdictIs(settings, ['split_brain', 'seeding_failed', 'seeding'])}`,
    ].join('\n'),
    for: '5m',
    keepFiringFor: '5m',
    why: `for: a link that turns synchronous for a planned failover is partially healthy until the other end has caught up.
      keep_firing_for: a primary end that goes down takes the series with it.`,
    summary: 'The link is partially healthy.',
    description: `The primary end of link ${linkText} reports the other end as PARTIALLY_HEALTHY${reasonsText}: it does not keep up as its commit mode asks.`,
    dashboard,
  };
}

/** The ordinary broken connection is paged as not healthy; this is what is left: links half made, and connections without health. */
function disconnected(settings: Settings): AlertRule {
  const connected = selectFor(settings)(replicaConnected, { replica: 'partner' });
  return {
    name: 'MilinkLinkDisconnected',
    severity: 'warning',
    expression: [`max ${byLink} (${connected}) == 0`, `or ${reasonIs(settings, ['no_partner_row'])}`].join('\n'),
    for: '10m',
    keepFiringFor: '5m',
    why: `for: a new link reads disconnected until the managed instance has joined, and it is given up after five minutes without a
      start of the copy (error 41962); a broken connection is paged as not healthy long before. keep_firing_for: a primary end
      that goes down takes the series with it.`,
    summary: 'The ends of the link are not connected.',
    description: `The primary end of link ${linkText} is not connected with the other end${reasonsText}: no change reaches it.`,
    dashboard,
  };
}

function partnerHealthIs(settings: Settings, health: 'NOT_HEALTHY' | 'PARTIALLY_HEALTHY'): string {
  return `max ${byLink} (${selectFor(settings)(replicaSynchronizationHealth, { replica: 'partner', health })}) == 1`;
}

/** How the ends of a link stand to each other. The worst first: of one evaluation, that page leaves first. */
export function linkAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-links',
    rules: [splitBrain(settings), notHealthy(settings), partiallyHealthy(settings), disconnected(settings)],
  };
}
