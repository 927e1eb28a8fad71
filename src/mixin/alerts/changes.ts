import { errorInfo, errorsTotal } from '../../metrics/families/error.ts';
import { up } from '../../metrics/families/polling.ts';
import {
  replicaConnected,
  replicaLastConnectErrorTimestampSeconds,
  replicaRole,
  replicaRoleChangesTotal,
} from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { byLink, linkText, selectFor } from './link-series.ts';

/** The error that a connection which is down was last refused with. An old one says nothing about this time. */
function connectErrors(settings: Settings): string {
  const select = selectFor(settings);
  const byEnd = 'by (link, managed_instance, server)';
  return [
    `  max by (link, managed_instance, server, error) (${select(replicaLastConnectErrorTimestampSeconds)}) > time() - 3600`,
    `    and on (link, managed_instance, server) min ${byEnd} (${select(replicaConnected)}) == 0`,
  ].join('\n');
}

/**
 * Numbers in the error log that rose. A number has no series before its first entry, so its appearance counts as well,
 * unless nothing was scraped of the server before.
 * A change of role writes errors of its own: they are no news.
 */
function loggedErrors(settings: Settings): string {
  const select = selectFor(settings);
  const by = 'by (server, error)';
  const log = select(errorsTotal);
  return [
    '  (',
    `    max ${by} (increase(${log}[15m])) > 0`,
    '    or (',
    `      max ${by} (${log}) > 0`,
    `      unless on (server, error) max ${by} (${log} offset 15m)`,
    `      and on (server) group by (server) (${select(up)} offset 15m)`,
    '    )',
    '  )',
    `  unless on (server) max by (server) (increase(${select(replicaRoleChangesTotal)}[30m])) > 0`,
  ].join('\n');
}

function errorsSeen(settings: Settings): AlertRule {
  const bad = selectFor(settings)(errorInfo, { severity: { matches: 'critical|warning' } });
  return {
    name: 'MilinkLinkErrors',
    severity: 'warning',
    expression: [
      '(',
      connectErrors(settings),
      '  or',
      loggedErrors(settings),
      ')',
      `* on (error) group_left (name) max by (error, name) (${bad}) > 0`,
    ].join('\n'),
    for: '5m',
    why: `for: the reconnect after a change of role or a restart takes a minute or two. No keep_firing_for: both halves look back
      already. Only numbers that docs/errors.md calls critical or warning.`,
    summary: 'A server reports errors of the link.',
    description: `{{ $labels.server }} reports error {{ $labels.error }} ({{ $labels.name }}){{ with $labels.link }} for link ${linkText}{{ end }}. What the number means and what to do is in docs/errors.md.`,
    dashboard: { uid: 'milink-link', labels: ['link', 'managed_instance', 'server'] },
  };
}

function roleChanged(settings: Settings): AlertRule {
  const select = selectFor(settings);
  const changes = `increase(${select(replicaRoleChangesTotal)}[10m])`;
  return {
    name: 'MilinkReplicaRoleChanged',
    severity: 'info',
    expression: `sum ${byLink} (max by (link, managed_instance, server, role) (${changes})) > 0`,
    for: '30s',
    why: `for: nothing to wait for, the window of ten minutes keeps it; two evaluations, so that both ends of a failover are one
      message. No keep_firing_for: the window does that.`,
    summary: 'The roles in a link have changed.',
    description: `A server has changed its role in link ${linkText}{{ with printf "${replicaRole.name}{link=%q,managed_instance=%q,role='PRIMARY'} == 1" $labels.link $labels.managed_instance | query }}; {{ . | first | label "server" }} is PRIMARY now{{ end }}.`,
    dashboard: { uid: 'milink-link', labels: ['link', 'managed_instance'] },
  };
}

/** What happened to the links lately. */
export function changeAlerts(settings: Settings): RuleGroup<AlertRule> {
  return { name: 'milink-changes', rules: [errorsSeen(settings), roleChanged(settings)] };
}
