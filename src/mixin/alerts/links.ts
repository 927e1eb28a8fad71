import type { Verdict } from '../../link/link.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { replicaRole, replicaSynchronizationHealth } from '../../metrics/families/replica.ts';
import { mixinConfig } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { selectorWith } from '../selector.ts';

const select = selectorWith(mixinConfig.selector);

/** What a link is known by. Without `instance`, so that two exporters that see one link raise one alert. */
const byLink = 'by (link, managed_instance)';
const onLink = 'on (link, managed_instance)';
const linkText = '{{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}';

const verdict = (verdict: Verdict): string => select(linkVerdict, { verdict });

/** How many servers have the role in a link, each counted once however many exporters scrape it. */
const serversInRole = (role: 'PRIMARY' | 'SECONDARY'): string =>
  `sum ${byLink} (max by (server, link, managed_instance) (${select(replicaRole, { role })}))`;

/**
 * The other end's health as the primary end reports it: what Microsoft calls the health of the link. While a database is
 * being seeded the link is not healthy yet, and in a split brain the other alert says more.
 */
const notHealthy: AlertRule = {
  name: 'MilinkLinkNotHealthy',
  severity: 'critical',
  expression: [
    `max ${byLink} (${select(replicaSynchronizationHealth, { replica: 'partner', health: 'NOT_HEALTHY' })}) == 1`,
    `unless ${onLink} (`,
    `  max ${byLink} (${verdict('seeding')}) == 1`,
    `  or max ${byLink} (${verdict('split_brain')}) == 1`,
    ')',
  ].join('\n'),
  for: '1m',
  keepFiringFor: '5m',
  why: `for: the state of one poll and one scrape (15 s each) can be a passing one; a reconnect or a planned failover is over
    within the minute, and a page is wanted within two. keep_firing_for: a primary end that goes down takes the series with it.`,
  summary: 'The link is not healthy.',
  description: `The primary end of link ${linkText} reports the other end as NOT_HEALTHY: changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated.`,
};

/**
 * Computed from the roles, so that it also works when each end is scraped by an exporter of its own, or when an exporter's own
 * verdict is missing. With two ends, a split brain leaves no SECONDARY: one that is still there means that a server is
 * counted twice, under two names.
 */
const splitBrain: AlertRule = {
  name: 'MilinkLinkSplitBrain',
  severity: 'critical',
  expression: [
    '(',
    `  ${serversInRole('PRIMARY')} > 1`,
    `  unless ${onLink}`,
    `  ${serversInRole('SECONDARY')} > 0`,
    ')',
    'or',
    `max ${byLink} (${verdict('split_brain')}) == 1`,
  ].join('\n'),
  for: '1m',
  keepFiringFor: '5m',
  why: `for: the ends are not polled at one instant, so in a planned failover the old primary may be shown in its old role for one
    more poll and scrape (15 s each) beside the new one. keep_firing_for: one end going down hides a split brain, it does not end it.`,
  summary: 'Both ends of the link are primary.',
  description: `Both ends of link ${linkText} have the role PRIMARY: each accepts writes that the other never sees. Stop the writes on one end before anything else.`,
};

export const linkAlerts: RuleGroup = { name: 'milink-links', rules: [splitBrain, notHealthy] };
