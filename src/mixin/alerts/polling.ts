import {
  lastPollTimestampSeconds,
  pollFailed,
  viewFailed,
  viewLastReadTimestampSeconds,
  viewSuccess,
} from '../../metrics/families/polling.ts';
import { leftOut, permission } from '../../metrics/families/server.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { clockAheadSeconds, exporterLabels, pollInterval, saidByServer, saidOfServer } from '../evidence/said.ts';
import { clockOffset, freshServer, lostServer, reachedServer } from '../evidence/series.ts';
import type { Watch } from '../evidence/watch.ts';
import { by, indented, on } from '../promql.ts';
import { groupText, queryText, selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-exporter', labels: ['server'] } as const;

/** A procedure that a server may refuse for good: docs/metrics.md and the exporter's log say so, nobody has to act. */
const optionalView = 'endpoint_certificate';

/** The reason is looked up for the text: as a label it would start the alert anew each time it changes. */
function reasonText(settings: Settings): string {
  const query = groupText(settings, pollFailed, { labels: ['server'], by: 'reason' });
  return `{{ with ${query} | query | sortByLabel "reason" }} ({{ . | first | label "reason" }}){{ end }}`;
}

function serverNotPolled(settings: Settings): Watch {
  return {
    name: 'MilinkServerNotPolled',
    severity: 'warning',
    keys: ['server'],
    wrong: lostServer.name,
    right: reachedServer.name,
    wait: '3m',
    why: `A restart or a failover of a server takes a minute or two, and after a failure the exporter waits a few poll intervals of 15 s.
      While one of several exporters can poll the server, its state is known and nobody is called.`,
    summary: 'A server can not be polled.',
    description: `No exporter can poll server {{ $labels.server }}${reasonText(settings)}. Until one can, nothing is known of its end of any link: the other alerts can't see it. First try to log in to it from another machine than the exporter's.`,
    silences: 'Another exporter that can poll the server.',
    dashboard,
  };
}

/**
 * By how many seconds the next poll is overdue, by Prometheus' clock: what the exporter's clock is ahead or behind is taken off, as it
 * was when the exporter last polled without delay. One that hangs is thus known at once, whatever its clock says.
 */
function ageOfPolls(settings: Settings): string {
  const polled = selectFor(settings)(lastPollTimestampSeconds);
  const { staleFactor } = settings;
  const byExporter = by(settings, exporterLabels);
  // Of polls that are rarer than the window is long, divided by the factor, an old one would look like a clock that is behind.
  const isRare = `max ${byExporter} (${pollInterval(settings)}) > 200`;
  const ahead = `(max_over_time(${clockOffset.name}[29m53s500ms]) unless ${on(settings, exporterLabels)} ${isRare} or 0 * max ${byExporter} (${polled}))`;
  return `(time() - ${polled} + ${on(settings, exporterLabels)} group_left () ${ahead}) - ${staleFactor} * ${pollInterval(settings)}`;
}

function limitOfAge({ scrapeIntervalSeconds }: Settings): string {
  return `2 * ${scrapeIntervalSeconds}`;
}

/** Polls that fail end too: a poll that is overdue means that the exporter hangs. */
function dataStale(settings: Settings): Watch {
  const keys = ['server', 'view'] as const;
  const byServer = by(settings, ['server']);
  const read = selectFor(settings)(viewLastReadTimestampSeconds);
  const [age, limit] = [ageOfPolls(settings), limitOfAge(settings)];
  return {
    name: 'MilinkDataStale',
    severity: 'warning',
    keys,
    wrong: [
      `0 * min ${byServer} (${age}) + time() and min ${byServer} (${age}) > ${limit}`,
      `or ${saidByServer(settings, keys, `time() - ${read} > ${settings.viewStaleSeconds}`)}`,
    ].join('\n'),
    right: [
      `0 * min ${byServer} (${age}) + time() and min ${byServer} (${age}) <= ${limit}`,
      `or ${saidByServer(settings, keys, `time() - ${read} <= ${settings.viewStaleSeconds}`)}`,
    ].join('\n'),
    wait: '1m',
    why: 'The age is a long one already; one evaluation may meet a page that was rendered just before.',
    summary: 'What is shown of a server is old.',
    description: `{{ with $labels.view }}View {{ . }} of server{{ else }}Server{{ end }} {{ $labels.server }} was not read for longer than it should be: what is shown of it is from then, and counts for nothing in the other alerts. First look at the exporter's log; one that hangs is restarted.`,
    silences: 'Another exporter that polls the server: then it is MilinkExporterStale.',
    dashboard,
  };
}

/** One of several exporters hangs: nothing is lost but that there are several. */
function exporterStale(settings: Settings): Watch {
  const keys = exporterLabels;
  const byExporter = by(settings, keys);
  const [age, limit] = [ageOfPolls(settings), limitOfAge(settings)];
  const isCovered = `and ${on(settings, ['server'])} ${freshServer.name}`;
  return {
    name: 'MilinkExporterStale',
    severity: 'warning',
    keys,
    wrong: `0 * max ${byExporter} (${age} > ${limit} ${isCovered}) + time()`,
    right: `0 * max ${byExporter} (${age}) + time() and max ${byExporter} (${age}) <= ${limit}`,
    wait: '1m',
    why: 'The age is a long one already.',
    summary: 'One of several exporters does not poll any more.',
    description: `Exporter {{ $labels.instance }} of job {{ $labels.job }} answers, and has not polled a server for longer than it should, which another exporter does: what it says counts for nothing, and nobody would take over from the other one. First look at its log; one that hangs is restarted.`,
    silences: '',
    dashboard: { uid: 'milink-exporter', labels: ['job', 'instance'] },
  };
}

/** Of an exporter that polls on, since one that hangs is late too. */
function clockSkew(settings: Settings): Watch {
  const keys = exporterLabels;
  const polled = selectFor(settings)(lastPollTimestampSeconds);
  const window = '4m53s500ms';
  const newest = `max ${by(settings, keys)} (${polled})`;
  const moves = `${newest} > max ${by(settings, keys)} (${polled} offset ${window})`;
  const youngest = `max_over_time(${clockOffset.name}[${window}])`;
  const early = `2 * max ${by(settings, keys)} (${pollInterval(settings)})`;
  return {
    name: 'MilinkExporterClockSkew',
    severity: 'warning',
    keys,
    wrong: [
      `0 * (${clockOffset.name} > ${clockAheadSeconds}) + time()`,
      `or 0 * (${youngest} + ${early} < 0 and ${moves}) + time()`,
    ].join('\n'),
    right: `0 * (${clockOffset.name} <= ${clockAheadSeconds} and ${clockOffset.name} + ${early} >= 0) + time()`,
    wait: '2m',
    why: 'A clock that is set jumps for a moment.',
    summary: 'The clock of an exporter is off.',
    description: `The clock of exporter {{ $labels.instance }} of job {{ $labels.job }} and that of Prometheus are apart{{ with ${queryText(settings, clockOffset, { labels: keys })} | query }}, by {{ . | first | value | humanizeDuration }} or a little more{{ end }}. What it says counts for nothing until they agree, so its links are not watched by it. First see which of the two machines has no time service.`,
    silences: '',
    dashboard: { uid: 'milink-exporter', labels: ['job', 'instance'] },
  };
}

/** Rights have an alert of their own. */
function viewFailing(settings: Settings): Watch {
  const select = selectFor(settings);
  const keys = ['server', 'view'] as const;
  const refused = saidByServer(settings, keys, `${select(viewFailed, { reason: 'permission' })} == 1`);
  const absent = saidByServer(
    settings,
    keys,
    `${select(viewFailed, { reason: 'missing_object', view: optionalView })} == 1`,
  );
  const query = groupText(settings, viewFailed, { labels: keys, by: 'reason' });
  return {
    name: 'MilinkViewFailing',
    severity: 'warning',
    keys,
    wrong: [
      saidByServer(settings, keys, `${select(viewSuccess)} == 0`),
      `unless ${on(settings, keys)} ${saidOfServer(settings, keys, `${select(viewSuccess)} == 1`)}`,
      `unless ${on(settings, keys)} (${indented(refused)} or ${indented(absent)})`,
    ].join('\n'),
    right: saidByServer(settings, keys, `${select(viewSuccess)} == 1`),
    wait: '7m',
    why: 'A view that ran into its time limit is left alone for ten times as long, and is tried again then.',
    summary: 'A view of a server can not be read.',
    description: `View {{ $labels.view }} of server {{ $labels.server }} can't be read{{ with ${query} | query | sortByLabel "reason" }} ({{ . | first | label "reason" }}){{ end }}: what is made from it is absent, and so are the alerts about it. First look at the exporter's log, which has the server's own words.`,
    silences: 'MilinkPermissionMissing, where the right is lacking.',
    dashboard,
  };
}

/** Either right to the states will do, as either suffices on a newer server; the right to the error log matters where it is read. */
function permissionMissing(settings: Settings): Watch {
  const select = selectFor(settings);
  const keys = ['server'] as const;
  const states = select(permission, { permission: { matches: 'VIEW SERVER STATE|VIEW SERVER PERFORMANCE STATE' } });
  const definition = select(permission, { permission: 'VIEW ANY DEFINITION' });
  const refused = select(viewFailed, { reason: 'permission', view: { not: optionalView } });
  const views = groupText(settings, viewFailed, { labels: keys, by: 'view', matchers: "reason='permission'" });
  return {
    name: 'MilinkPermissionMissing',
    severity: 'warning',
    keys,
    wrong: [
      `${saidByServer(settings, keys, `${states} == 0`)} unless ${on(settings, keys)} ${saidByServer(settings, keys, `${states} == 1`)}`,
      `or ${saidByServer(settings, keys, `${definition} == 0`)}`,
      `or ${saidByServer(settings, keys, `${refused} == 1`)}`,
    ].join('\n'),
    right: reachedServer.name,
    wait: '7m',
    why: 'A login that is just being set up gets its rights one after another.',
    summary: 'The login of the exporter lacks a permission.',
    description: `The login on server {{ $labels.server }} may not read everything that the exporter needs{{ with ${views} | query | sortByLabel "view" }} (refused:{{ range . }} {{ .Labels.view }}{{ end }}){{ end }}: links and certificates may not be seen, and catalog views then answer with no rows instead of an error. First run \`milink-exporter grants --for={{ $labels.server }}\`: it writes what is lacking.`,
    silences: '',
    dashboard,
  };
}

/** What is not shown has no alert of its own: nobody must take its silence for health. */
function serverTooLarge(settings: Settings): Watch {
  const keys = ['server'] as const;
  const rows = selectFor(settings)(leftOut);
  return {
    name: 'MilinkServerTooLarge',
    severity: 'warning',
    keys,
    wrong: saidByServer(settings, keys, `${rows} > 0`),
    right: `${reachedServer.name} unless ${on(settings, keys)} ${saidByServer(settings, keys, `${rows} > 0`)}`,
    wait: '10m',
    why: 'Groups and databases are made and dropped in numbers when somebody tests.',
    summary: 'A server has more than the exporter shows of it.',
    description:
      "Server {{ $labels.server }} has more groups or databases than the limits of the exporter's configuration allow: some are read and not shown, and have no alerts. The links and databases that the configuration expects are shown first. First raise the limits, or list what has to be watched.",
    silences: '',
    dashboard,
  };
}

/** How the servers are read. */
export function pollingAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-polling',
    watches: [
      serverNotPolled(settings),
      dataStale(settings),
      exporterStale(settings),
      clockSkew(settings),
      viewFailing(settings),
      permissionMissing(settings),
      serverTooLarge(settings),
    ],
  };
}
