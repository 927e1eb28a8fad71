import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { ViewName } from '../../../src/model/snapshot.ts';
import { pollingOrder } from '../../../src/views/index.ts';
import { sqlServerName as sql } from '../harness.ts';
import { stateLines } from '../page-lines.ts';
import { itSurvives } from './poll-fault.ts';
import { itShows } from './view-fault.ts';

/** What becomes of a line of the page; null: it is gone. */
type Change = (line: string) => string | null;

const gone =
  (lines: RegExp, otherwise: Change = (line) => line): Change =>
  (line) =>
    lines.test(line) ? null : otherwise(line);

/** A transfer names no group: without the views that lead to one, the page does not say whose it is. */
const ofNoLink: Change = (line) =>
  line.startsWith('milink_seeding_') ? line.replace(/link="[^"]*",managed_instance="[^"]*"/, noLink) : line;
const noLink = 'link="",managed_instance=""';

/** The states of a copy name no database: without the names, the page gives its group_database_id. */
const ofNoDatabase: Change = (line) =>
  line.startsWith('milink_database_')
    ? line.replace('database="Sales"', 'database="F90802EE-9058-4860-99A1-3B21F4A8CD47"')
    : line;

/** The views without which a poll goes on, the object of each, and what becomes of the server's lines. */
const optional: readonly (readonly [ViewName, string, Change])[] = [
  [
    'availability_groups',
    'availability_groups',
    // The other end names the group by the same group_id: role, health and copies of what was read stay.
    gone(/^milink_server_unlinked|^milink_database_rows_without_link|usage="partner"/),
  ],
  ['availability_replicas', 'availability_replicas', gone(/^milink_replica_info|usage="partner"/)],
  ['physical_seeding_stats', 'dm_hadr_physical_seeding_stats', gone(/^milink_seeding_(?!state|attempts)/)],
  ['automatic_seeding', 'dm_hadr_automatic_seeding', gone(/^milink_seeding_(state|attempts)/, ofNoLink)],
  ['database_mirroring_endpoints', 'database_mirroring_endpoints', gone(/^milink_endpoint_|usage="endpoint"/)],
  ['tcp_endpoints', 'tcp_endpoints', (line) => line.replace('port="5022"', 'port=""')],
  ['certificates', 'certificates', gone(/^milink_certificate_/)],
  ['databases', 'databases', gone(/^milink_database_log_/, ofNoDatabase)],
  [
    'database_replica_states',
    'dm_hadr_database_replica_states',
    gone(/^milink_database_(?!log_(?:reuse|size|used|limit))/),
  ],
];

const everyView = pollingOrder.flatMap(({ source }) => (source === null ? [] : [source.replace(/^.*\./, '')]));

/** The server's lines are those of before with the change, and nothing else: no old value, no 0 in its place. */
function checkChange(change: Change): (page: string, before: string) => void {
  return (page, before) => {
    const expected = stateLines(before, sql).flatMap((line) => change(line) ?? []);
    assert.notDeepEqual(expected, stateLines(before, sql), 'the fault changes something');
    assert.deepEqual(stateLines(page, sql), expected);
  };
}

describe('a fault of views', { concurrency: 3 }, () => {
  for (const [view, object, change] of optional) {
    // Seeding that runs has rows in every view.
    const pair = { scenario: 'seeding' } as const;
    itShows({
      name: `${object} is denied`,
      pair,
      begin: (harness) => harness.pair.sqlServer.setFaults({ denied: [object] }),
      failed: [[view, 'permission']],
      check: checkChange(change),
    });
  }

  itShows({
    name: 'a view is missing',
    begin: ({ pair }) => pair.sqlServer.setFaults({ missing: ['certificates'] }),
    failed: [['certificates', 'missing_object']],
    check: checkChange(gone(/^milink_certificate_/)),
  });

  itSurvives({
    name: 'every view is denied',
    failures: [['availability_replica_states', 'permission']],
    recoveryLogins: 0,
    fault: () => ({
      begin: ({ pair }) => pair.sqlServer.setFaults({ denied: everyView }),
      end: ({ pair }) => pair.sqlServer.setFaults({}),
    }),
  });

  itSurvives({
    name: 'the login has lost its permissions',
    failures: [['availability_replica_states', 'permission']],
    recoveryLogins: 0,
    fault: () => ({
      begin: ({ pair }) => pair.sqlServer.setFaults({ permissions: [] }),
      end: ({ pair }) => pair.sqlServer.setFaults({}),
    }),
  });

  itSurvives({
    name: 'the view of roles is missing',
    failures: [['availability_replica_states', 'missing_object']],
    recoveryLogins: 0,
    fault: () => ({
      begin: ({ pair }) => pair.sqlServer.setFaults({ missing: ['dm_hadr_availability_replica_states'] }),
      end: ({ pair }) => pair.sqlServer.setFaults({}),
    }),
  });
});
