import { errorInfo, errorsTotal } from '../../metrics/families/error.ts';
import { up } from '../../metrics/families/polling.ts';
import {
  replicaConnected,
  replicaLastConnectErrorTimestampSeconds,
  replicaRoleChangesTotal,
} from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByServer } from '../evidence/said.ts';
import { primaryEnd, reachedServer } from '../evidence/series.ts';
import { openIn, type Watch } from '../evidence/watch.ts';
import { by, indented, on } from '../promql.ts';
import { linkKeys, linkText, queryText, selectFor } from './link-series.ts';

/** Numbers that a change of role writes into the error log of both ends: connections that end, data movement that pauses. */
const errorsOfRoleChanges = '35[0-9]{3}|976|983|1480|41[0-9]{3}';

/** What one server said while connected, by its own row or that of its partner. */
const endKeys = [...linkKeys, 'server'] as const;

/** The error that a connection which is down was last refused with. An old one says nothing about this time. */
function connectErrors(settings: Settings): string {
  const select = selectFor(settings);
  return [
    saidByServer(settings, [...endKeys, 'error'], `${select(replicaLastConnectErrorTimestampSeconds)} > time() - 3600`),
    `and ${on(settings, endKeys)} ${saidByServer(settings, endKeys, `${select(replicaConnected)} == 0`)}`,
  ].join('\n');
}

/**
 * Numbers in the error log that rose. A number has no series before its first entry, so its appearance counts as well,
 * unless nothing was scraped of the server before. The errors that a change of role writes are no news for as long as they are counted and five minutes; which
 * link wrote them the log does not say, so every other number is.
 */
function loggedErrors(settings: Settings): string {
  const select = selectFor(settings);
  const log = select(errorsTotal);
  const keys = ['server', 'error'] as const;
  const changed = `max ${by(settings, ['server'])} (increase(${select(replicaRoleChangesTotal)}[15m17s500ms])) > 0`;
  const rose = [
    `increase(${log}[10m17s500ms]) > 0`,
    `or (${log} > 0 unless (${log} offset 10m17s500ms) and ${on(settings, ['job', 'instance', 'server'])} (${select(up)} offset 10m17s500ms))`,
  ].join(' ');
  return [
    saidByServer(settings, keys, rose),
    `unless ${on(settings, keys)} (`,
    `  group ${by(settings, keys)} (${select(errorsTotal, { error: { matches: errorsOfRoleChanges } })})`,
    `  and ${on(settings, ['server'])} ${changed}`,
    ')',
  ].join('\n');
}

/** One series however many exporters, and versions of them, name the error: its name is no label, but looked up for the text. */
function errorsSeen(settings: Settings): Watch {
  const known = selectFor(settings)(errorInfo, { severity: { matches: 'critical|warning' } });
  const keys = [...endKeys, 'error'] as const;
  const id = { name: 'MilinkLinkErrors', severity: 'warning', keys } as const;
  const names = queryText(settings, errorInfo, { labels: ['error'], matchers: "name!=''" }).replace(
    /`(.*)`/,
    '`group by (name) ($1)`',
  );
  return {
    ...id,
    wrong: [
      '(',
      `  ${indented(connectErrors(settings))}`,
      '  or',
      `  ${indented(loggedErrors(settings))}`,
      ')',
      `and ${on(settings, ['error'])} ${known}`,
    ].join('\n'),
    right: openIn(settings, id, { labels: ['server'], expression: reachedServer.name }),
    wait: '5m',
    why: `The reconnect after a change of role or a restart takes a minute or two, and an entry of the log counts for ten. Only numbers
      that docs/errors.md calls critical or warning.`,
    summary: 'A server reports errors of the link.',
    description: `{{ $labels.server }} reports error {{ $labels.error }}{{ with ${names} | query | sortByLabel "name" }} ({{ . | first | label "name" }}){{ end }}{{ with $labels.link }} for link ${linkText}{{ end }}. First look the number up in docs/errors.md: it says what it means and what to do.`,
    silences: 'Numbers that a change of role writes, for a quarter of an hour after one on that server.',
    dashboard: { uid: 'milink-link', labels: ['link', 'managed_instance', 'server'] },
  };
}

function roleChanged(settings: Settings): Watch {
  const changes = `increase(${selectFor(settings)(replicaRoleChangesTotal)}[10m17s500ms])`;
  return {
    name: 'MilinkReplicaRoleChanged',
    severity: 'info',
    keys: linkKeys,
    wrong: saidByServer(settings, linkKeys, `${changes} > 0`),
    right: saidByServer(settings, linkKeys, `${changes} == 0`),
    wait: '30s',
    why: 'The window of ten minutes keeps it; two evaluations, so that both ends of a failover are one message.',
    summary: 'The roles in a link have changed.',
    description: `A server has changed its role in link ${linkText}{{ with ${queryText(settings, primaryEnd, { labels: linkKeys })} | query | sortByLabel "server" }}; {{ . | first | label "server" }} is PRIMARY now{{ end }}.`,
    silences: '',
    dashboard: { uid: 'milink-link', labels: ['link', 'managed_instance'] },
  };
}

/** What happened to the links lately. */
export function changeAlerts(settings: Settings): WatchGroup {
  return { name: 'milink-changes', watches: [errorsSeen(settings), roleChanged(settings)] };
}
