import { failureReasons } from '../../model/failure-reason.ts';
import type { ServerState } from '../../model/server-state.ts';
import type { ViewReading } from '../../model/snapshot.ts';
import { type Family, family } from '../family.ts';
import { known, madeOf } from './made-of.ts';

export const up = family({
  name: 'milink_up',
  help: 'Whether the latest poll of the server succeeded: 1 or 0. Absent until the first poll has ended. While it is 0 the server has no series of its state.',
  type: 'gauge',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap(({ name, outcome }) =>
      outcome.kind === 'pending' ? [] : [{ labels: { server: name }, value: outcome.kind === 'ok' ? 1 : 0 }],
    ),
});

export const pollFailed = family({
  name: 'milink_poll_failed',
  help: 'Why the latest poll of the server failed: one series with value 1, absent while polls succeed.',
  type: 'gauge',
  labels: ['server', 'reason'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap(({ name, outcome }) =>
      outcome.kind === 'failed' ? [{ labels: { server: name, reason: outcome.failure.reason }, value: 1 }] : [],
    ),
});

export const pollDurationSeconds = family({
  name: 'milink_poll_duration_seconds',
  help: 'How long the latest poll of the server took, failed or not.',
  type: 'gauge',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap(({ name, lastPollDurationSeconds }) => known({ server: name }, lastPollDurationSeconds)),
});

export const lastPollTimestampSeconds = family({
  name: 'milink_last_poll_timestamp_seconds',
  help: 'When the latest poll of the server ended, failed or not: how fresh every other series of it is. Unix time.',
  type: 'gauge',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap(({ name, lastPollTimestampSeconds }) => known({ server: name }, lastPollTimestampSeconds)),
});

export const lastSuccessTimestampSeconds = family({
  name: 'milink_last_success_timestamp_seconds',
  help: 'When the latest successful poll of the server ended. Absent until one has succeeded. Unix time.',
  type: 'gauge',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap(({ name, lastSuccessTimestampSeconds }) => known({ server: name }, lastSuccessTimestampSeconds)),
});

export const pollIntervalSeconds = family({
  name: 'milink_poll_interval_seconds',
  help: 'How often the server is to be polled: poll_interval of the configuration that was in force at its latest poll. After a failure the exporter waits longer. Absent until the first poll has ended.',
  type: 'gauge',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap(({ name, pollIntervalSeconds }) => known({ server: name }, pollIntervalSeconds ?? null)),
});

export const nextPollTimestampSeconds = family({
  name: 'milink_next_poll_timestamp_seconds',
  help: 'When the next poll of the server is due. One poll interval after the latest, up to three after failures, and up to an hour after a failure that only a person can mend, such as a refused password: a reload, or another password in its file, has it polled at once. Unix time.',
  type: 'gauge',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) => servers.flatMap(({ name, nextPollTimestampSeconds: due }) => known({ server: name }, due)),
});

const outcomeFamilies: readonly Family[] = [
  up,
  pollFailed,
  pollDurationSeconds,
  lastPollTimestampSeconds,
  lastSuccessTimestampSeconds,
  pollIntervalSeconds,
  nextPollTimestampSeconds,
];

export const pollsTotal = family({
  name: 'milink_polls_total',
  help: 'Polls of the server that have ended, failed ones included, since the exporter started.',
  type: 'counter',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) => servers.map(({ name, polls }) => ({ labels: { server: name }, value: polls })),
});

export const pollFailuresTotal = family({
  name: 'milink_poll_failures_total',
  help: 'Polls of the server that failed, by reason, since the exporter started.',
  type: 'counter',
  labels: ['server', 'reason'],
  source: 'exporter',
  ...madeOf(
    ({ servers }) =>
      servers.flatMap(({ name, pollFailures }) =>
        failureReasons.map((reason) => ({ name, reason, count: pollFailures.get(reason) ?? 0 })),
      ),
    ({ name, reason, count }) => [name, reason, count] as const,
    (server, reason, value) => [{ labels: { server, reason }, value }],
  ),
});

export const loginsTotal = family({
  name: 'milink_logins_total',
  help: 'Attempts to connect and log in to the server since the exporter started, failed ones included. A connection is kept between polls and renewed about once an hour: a steeper rise shows reconnects.',
  type: 'counter',
  labels: ['server'],
  source: 'exporter',
  samples: ({ servers }) => servers.map(({ name, logins }) => ({ labels: { server: name }, value: logins })),
});

const countFamilies: readonly Family[] = [pollsTotal, pollFailuresTotal, loginsTotal];

/** The readings by the name of the view, that of the error log among them. */
function readings({ views, errorLog, outcome }: ServerState): readonly (readonly [string, ViewReading])[] {
  return errorLog === undefined || outcome.kind === 'failed' ? [...views] : [...views, ['error_log', errorLog.reading]];
}

export const viewSuccess = family({
  name: 'milink_view_success',
  help: 'Whether the view could be read when it was last asked, in the latest poll unless the configuration has it read less often: 1 or 0. While it is 0 the series made from it are absent. A view that the poll did not come to has no series.',
  type: 'gauge',
  labels: ['server', 'view'],
  source: 'exporter',
  ...madeOf(
    ({ servers }) => servers.flatMap((server) => readings(server).map((reading) => ({ server, reading }))),
    ({ server, reading: [view, { failure }] }) => [server.name, view, failure === null] as const,
    (server, view, isRead) => [{ labels: { server, view }, value: isRead ? 1 : 0 }],
  ),
});

export const viewFailed = family({
  name: 'milink_view_failed',
  help: 'Why the view could not be read when it was last asked: one series with value 1, absent while it is read.',
  type: 'gauge',
  labels: ['server', 'view', 'reason'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap((server) =>
      readings(server).flatMap(([view, { failure }]) =>
        failure === null ? [] : [{ labels: { server: server.name, view, reason: failure.reason }, value: 1 }],
      ),
    ),
});

export const viewDurationSeconds = family({
  name: 'milink_view_duration_seconds',
  help: 'How long the latest reading of the view took, failed or not.',
  type: 'gauge',
  labels: ['server', 'view'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap((server) =>
      readings(server).map(([view, { durationSeconds }]) => ({
        labels: { server: server.name, view },
        value: durationSeconds,
      })),
    ),
});

export const viewLastReadTimestampSeconds = family({
  name: 'milink_view_last_read_timestamp_seconds',
  help: 'When the rows of the view were read that the series of the server are made from: older than the latest poll for a view that the configuration has read less often. Absent while the view can not be read. Unix time.',
  type: 'gauge',
  labels: ['server', 'view'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap((server) =>
      server.outcome.kind === 'failed'
        ? []
        : readings(server).flatMap(([view, reading]) =>
            known({ server: server.name, view }, reading.readTimestampSeconds),
          ),
    ),
});

export const viewColumnsUnreadable = family({
  name: 'milink_view_columns_unreadable',
  help: 'A column of a view that was read, of which something could not be: the server does not have it, it is of another type, or it is NULL where it can not be. What is made from it is absent, and nothing else. One series with value 1 for each; the log and check say what was wrong.',
  type: 'gauge',
  labels: ['server', 'view', 'column'],
  source: 'exporter',
  samples: ({ servers }) =>
    servers.flatMap((server) =>
      readings(server).flatMap(([view, { unreadableColumns = [] }]) =>
        unreadableColumns.map((column) => ({ labels: { server: server.name, view, column }, value: 1 })),
      ),
    ),
});

const viewFamilies: readonly Family[] = [
  viewSuccess,
  viewFailed,
  viewColumnsUnreadable,
  viewDurationSeconds,
  viewLastReadTimestampSeconds,
];

/** How the polls of each server go: the only families that outlive a failed poll. */
export const pollingFamilies: readonly Family[] = [...outcomeFamilies, ...countFamilies, ...viewFamilies];
