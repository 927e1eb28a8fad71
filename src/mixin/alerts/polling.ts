import {
  lastPollTimestampSeconds,
  pollFailed,
  pollIntervalSeconds,
  up,
  viewFailed,
  viewLastReadTimestampSeconds,
  viewSuccess,
} from '../../metrics/families/polling.ts';
import { leftOut, permission } from '../../metrics/families/server.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-exporter', labels: ['server'] } as const;

/** A procedure that a server may refuse for good: docs/metrics.md and the exporter's log say so, nobody has to act. */
const optionalView = 'endpoint_certificate';

/** The reason is looked up for the text: as a label it would start the alert anew each time it changes. */
const reason = `{{ with printf "${pollFailed.name}{server=%q}" $labels.server | query }} ({{ . | first | label "reason" }}){{ end }}`;

function serverNotPolled(settings: Settings): AlertRule {
  return {
    name: 'MilinkServerNotPolled',
    severity: 'warning',
    expression: `max by (server) (${selectFor(settings)(up)}) == 0`,
    for: '3m',
    why: `for: a restart or a failover of a server takes a minute or two, and after a failure the exporter waits a few poll intervals
      of 15 s. While one of several exporters can poll the server, its state is known and nobody is called. No keep_firing_for: one
      poll that succeeds brings all series back.`,
    summary: 'A server can not be polled.',
    description: `No exporter can poll server {{ $labels.server }}${reason}. Until one can, nothing is known of its end of any link: the other alerts can't see it.`,
    dashboard,
  };
}

/** Polls that fail end too: a poll that is overdue means that the exporter hangs, or that its clock is wrong. */
function dataStale(settings: Settings): AlertRule {
  const select = selectFor(settings);
  return {
    name: 'MilinkDataStale',
    severity: 'warning',
    expression: [
      `time() - max by (server) (${select(lastPollTimestampSeconds)}) > ${settings.staleFactor} * max by (server) (${select(pollIntervalSeconds)})`,
      `or time() - max by (server, view) (${select(viewLastReadTimestampSeconds)}) > ${settings.viewStaleSeconds}`,
    ].join('\n'),
    for: '1m',
    why: `for: the age is a long one already; one evaluation may meet a page that was rendered just before. No keep_firing_for: the
      next poll makes everything fresh.`,
    summary: 'What is shown of a server is old.',
    description: `{{ with $labels.view }}View {{ . }} of server{{ else }}Server{{ end }} {{ $labels.server }} was last read {{ $value | humanizeDuration }} ago: the other alerts see it as it was then.`,
    dashboard,
  };
}

/** Rights have an alert of their own. */
function viewFailing(settings: Settings): AlertRule {
  const select = selectFor(settings);
  const refused = select(viewFailed, { reason: 'permission' });
  const absent = select(viewFailed, { reason: 'missing_object', view: optionalView });
  return {
    name: 'MilinkViewFailing',
    severity: 'warning',
    expression: [
      `max by (server, view) (${select(viewSuccess)}) == 0`,
      'unless on (server, view) (',
      `  max by (server, view) (${refused}) == 1`,
      `  or max by (server, view) (${absent}) == 1`,
      ')',
    ].join('\n'),
    for: '10m',
    why: `for: a view that ran into its time limit is left alone for ten times as long, and is tried again then. No keep_firing_for:
      a poll that reads it brings its series back.`,
    summary: 'A view of a server can not be read.',
    description: `View {{ $labels.view }} of server {{ $labels.server }} can't be read{{ with printf "${viewFailed.name}{server=%q,view=%q}" $labels.server $labels.view | query }} ({{ . | first | label "reason" }}){{ end }}: what is made from it is absent, and so are the alerts about it.`,
    dashboard,
  };
}

/** Either right to the states will do, as either suffices on a newer server; the right to the error log matters where it is read. */
function permissionMissing(settings: Settings): AlertRule {
  const select = selectFor(settings);
  const states = { matches: 'VIEW SERVER STATE|VIEW SERVER PERFORMANCE STATE' };
  return {
    name: 'MilinkPermissionMissing',
    severity: 'warning',
    expression: [
      `max by (server) (${select(permission, { permission: states })}) == 0`,
      `or max by (server) (${select(permission, { permission: 'VIEW ANY DEFINITION' })}) == 0`,
      `or max by (server) (${select(viewFailed, { reason: 'permission', view: { not: optionalView } })}) == 1`,
    ].join('\n'),
    for: '10m',
    why: `for: a login that is just being set up gets its rights one after another. No keep_firing_for: the next poll with the right
      settles it.`,
    summary: 'The login of the exporter lacks a permission.',
    description: `The login on server {{ $labels.server }} may not read everything that the exporter needs{{ with printf "${viewFailed.name}{server=%q,reason='permission'}" $labels.server | query | sortByLabel "view" }} (refused:{{ range . }} {{ .Labels.view }}{{ end }}){{ end }}: links and certificates may not be seen, and catalog views then answer with no rows instead of an error.`,
    dashboard,
  };
}

/** What is not shown has no alert of its own: nobody must take its silence for health. */
function serverTooLarge(settings: Settings): AlertRule {
  return {
    name: 'MilinkServerTooLarge',
    severity: 'warning',
    expression: `sum by (server) (max by (server, kind) (${selectFor(settings)(leftOut)})) > 0`,
    for: '10m',
    why: `for: groups and databases are made and dropped in numbers when somebody tests. No keep_firing_for: the next poll below the
      limits shows everything.`,
    summary: 'A server has more than the exporter shows of it.',
    description: `Server {{ $labels.server }} has more groups or databases than the limits of the exporter's configuration allow: {{ $value }} of them are read and not shown, and have no alerts. The links and databases that the configuration expects are shown first.`,
    dashboard,
  };
}

/** How the servers are read. */
export function pollingAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-polling',
    rules: [
      serverNotPolled(settings),
      dataStale(settings),
      viewFailing(settings),
      permissionMissing(settings),
      serverTooLarge(settings),
    ],
  };
}
