import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwatched } from '../../../src/check/report/build.ts';
import { reportOfState } from '../../../src/cli/reading/report.ts';
import { debugPage } from '../../../src/http/status/debug-page.ts';
import { serverPage } from '../../../src/http/status/server-page.ts';
import type { PollRecord, ServerState } from '../../../src/model/server-state.ts';
import { trust } from '../../check/ends.ts';
import { sqlServerWithDatabase } from '../../link/database-rows.ts';
import { failedServer, now, pendingServer, sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { frame, rowsOf, textOf } from './pages.ts';

const failure = { reason: 'permission', message: 'permission was denied on object "x"', errorNumber: 300 } as const;
const read = { failure: null, readTimestampSeconds: now - 1, durationSeconds: 0.25 };

const succeeded: PollRecord = {
  endedTimestampSeconds: now - 1,
  durationSeconds: 1.5,
  logins: 0,
  failure: null,
  views: [
    { ...read, view: 'server', rows: 1 },
    { ...read, view: 'certificates', rows: 4, readTimestampSeconds: now - 602.5 },
    { ...read, view: 'databases', rows: null, failure, readTimestampSeconds: null },
  ],
};
const failed: PollRecord = {
  ...succeeded,
  endedTimestampSeconds: now - 16,
  logins: 1,
  failure: { ...failure, view: 'server' },
  views: [],
};

function page(state: ServerState, hasDebug = true): string {
  const report = reportOfState(stateOf([state]), [{ name: state.name, port: 1444 }], {
    nowSeconds: now,
    held: unwatched,
  });
  const [server] = report.servers;
  assert.ok(server);
  return serverPage(frame, report, { server, state, hasDebug, events: [] });
}

function debug(state: ServerState): string {
  return debugPage(frame, reportOfState(stateOf([state]), [], { nowSeconds: now, held: unwatched }), {
    state,
    notice: null,
  });
}

test('the last polls with result, duration and login, the newest first', () => {
  const rows = rowsOf(page(sqlServer({}, { state: { recentPolls: [succeeded, failed] } })));
  assert.deepEqual(rows.slice(0, 2), [
    ['2026-11-01 11:59:59 UTC (1 s ago)', 'succeeded without databases', '1.50 s', 'kept'],
    [
      '2026-11-01 11:59:44 UTC (16 s ago)',
      'failed : server: permission 300: permission was denied on object "x"',
      '1.50 s',
      'new',
    ],
  ]);
});

test('the latest poll view by view: read, kept from an earlier one, failed and why', () => {
  const rows = rowsOf(page(sqlServer({}, { state: { recentPolls: [succeeded, failed] } })));
  assert.deepEqual(rows.slice(2), [
    ['server', 'read', '1', '0.250 s'],
    ['certificates', 'kept from 10 min before', '4', '0.250 s'],
    ['databases', 'failed : permission 300: permission was denied on object "x"', '-', '0.250 s'],
  ]);
});

test('a server that is down: why, since when, and what to do', () => {
  const text = textOf(page(failedServer('sql', { lastSuccessTimestampSeconds: now - 75, recentPolls: [failed] })));
  assert.match(text, /failed : refused/);
  assert.match(text, /Data: none; last answer 1 min 15 s ago/);
  assert.match(text, /could not be polled: refused: connection refused/);
  assert.match(text, /is 1444 its port/);
  assert.match(text, /It came to no view/);
});

test('a server before its first poll', () => {
  assert.match(textOf(page(pendingServer('sql'))), /not polled yet.*It was not polled yet\./);
  assert.match(textOf(debug(pendingServer('sql'))), /It was not polled yet\./);
});

test('the way to its links, and to the debug view where there is one', () => {
  assert.match(page(sqlServer()), /<a href="\/link\?name=DAG_Sales&#38;managed_instance=mi-prod">/);
  assert.match(page(sqlServer()), /<a href="\/debug\?server=sql-prod-01">/);
  assert.doesNotMatch(page(sqlServer(), false), /\/debug/);
});

test('the debug view has the rows of each view, NULL as NULL, instants as times, long values cut', () => {
  const [first, ...others] = trust().certificates ?? [];
  assert.ok(first);
  const long = { ...first, subject: 'x'.repeat(300), issuer: null };
  const views = { certificates: [long, ...others, ...Array(20).fill(first)], databases: null };
  const text = textOf(debug(sqlServer({}, { views, state: { recentPolls: [succeeded] } })));
  assert.match(text, /serverName engine edition/);
  assert.match(text, /SQL01 sql_server Enterprise Edition/);
  assert.match(text, /NULL x{200}\.\.\. 2026-05-05T12:00:00Z/);
  assert.match(text, /And 4 more rows\./);
  assert.doesNotMatch(text, /availability_groups/, 'a view that the poll did not come to has no rows');
});

test('of a poll that failed the debug view says where and why, and shows no rows of an earlier one', () => {
  const state = failedServer('sql', { recentPolls: [failed, succeeded] });
  const text = textOf(debug(state));
  assert.match(text, /in server: permission 300: permission was denied/);
  assert.doesNotMatch(text, /serverName/);
});

test('the logs of the linked databases, with what the limit does not say', () => {
  const gibibyte = 1024 ** 3;
  const server = sqlServerWithDatabase(
    { catalogRow: { logReuseWait: 'AVAILABILITY_REPLICA' } },
    {
      views: {
        performance_counters: [{ instanceName: 'Sales', counter: 'used', bytes: 9 * gibibyte }],
        master_files: [{ databaseId: 5, fileId: 2, sizeBytes: 10 * gibibyte, limitBytes: 10 * gibibyte }],
      },
    },
  );
  const shown = page(server);
  assert.ok(
    rowsOf(shown).some(
      (row) => row.join(' | ') === 'Sales | DAG_Sales on mi-prod | 9.0 GiB | 10 GiB | - | AVAILABILITY_REPLICA',
    ),
    JSON.stringify(rowsOf(shown)),
  );
  assert.match(textOf(shown), /their disk may be full before/);
  assert.doesNotMatch(textOf(page(sqlServer())), /Logs of the linked/);
});
