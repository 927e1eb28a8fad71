import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Pair, startPair } from '../../../src/simulator/pair.ts';
import type { Session } from '../../../src/simulator/session.ts';
import { createSqlSession } from '../../../src/simulator/sql/session.ts';
import { errorsOf, events, type ResultSet, resultSets } from './fixture.ts';

const healthOfLink = `
DECLARE @link sysname = N'DAG_Sales'
SELECT states.synchronization_health_desc [Health of the link]
FROM sys.availability_groups groups
  JOIN sys.dm_hadr_availability_replica_states states ON groups.group_id = states.group_id
WHERE groups.is_distributed = 1 AND groups.name = @link AND states.is_local = 0 AND states.role = 2
GO
`;

const roleInLink = `
-- Both ends
USE master
DECLARE @link varchar(max) = 'dag_sales'
SELECT g.name [Link], s.role_desc [Role]
FROM sys.availability_groups g INNER JOIN sys.dm_hadr_availability_replica_states s ON g.group_id = s.group_id
WHERE s.is_local = 1 AND g.is_distributed = 1 AND g.name = @link
GO
`;

const seeding = `
SELECT p.local_database_name AS 'Database', a.current_state AS 'State', a.is_source AS 'Source',
  p.database_size_bytes / 1024 / 1024 AS 'Size MB', p.total_network_wait_time_ms / 1000 AS 'Network wait s'
FROM sys.dm_hadr_physical_seeding_stats AS p
  INNER JOIN sys.dm_hadr_automatic_seeding AS a ON local_physical_seeding_id = operation_id
SELECT DISTINCT CONVERT(VARCHAR(8), DATEADD(SECOND, DATEDIFF(SECOND, start_time_utc, estimate_time_complete_utc), 0), 108) AS 'Takes'
FROM sys.dm_hadr_physical_seeding_stats
`;

const asFloats = `
SELECT g.name AS link, r.replica_server_name AS replica, CAST(s.is_local AS varchar(1)) AS is_local,
  CAST(COALESCE(s.role, -1) AS float) AS role, CAST(COALESCE(s.connected_state, -1) AS float) AS connected
FROM sys.availability_groups g
  JOIN sys.availability_replicas r ON r.group_id = g.group_id
  JOIN sys.dm_hadr_availability_replica_states s ON s.replica_id = r.replica_id
WHERE g.is_distributed = 1 ORDER BY is_local DESC
`;

const certificates = `
SELECT name, DATEDIFF_BIG(second, '19700101', expiry_date) AS expiry, thumbprint
FROM master.sys.certificates WITH (NOLOCK) WHERE name NOT LIKE '##%' AND expiry_date IS NOT NULL ORDER BY name
`;

const newestCommit = `
SELECT DB_NAME(d.database_id) AS database_name, CAST(d.last_hardened_lsn AS varchar(30)) AS hardened,
  DATEDIFF(second, d.last_commit_time, p.newest) AS behind
FROM sys.dm_hadr_database_replica_states d
  CROSS JOIN (SELECT MAX(last_commit_time) AS newest FROM sys.dm_hadr_database_replica_states) p
`;

describe('queries of the kind that engineers and exporters run', () => {
  let pair: Pair;
  let ends: readonly Session[];

  before(async () => {
    pair = await startPair({ scenario: 'seeding', clock: () => Date.UTC(2026, 10, 21, 10) });
    ends = [pair.sqlServer, pair.managedInstance].map(({ instance }) =>
      createSqlSession({ instance, login: 'milink', database: 'master' }),
    );
  });

  after(async () => {
    for (const session of ends) session.close();
    await pair.close();
  });

  async function onBothEnds(sql: string): Promise<readonly (readonly ResultSet[])[]> {
    const results: (readonly ResultSet[])[] = [];
    for (const session of ends) {
      const batch = await events(session, sql);
      assert.deepEqual(errorsOf(batch), []);
      results.push(resultSets(batch));
    }
    return results;
  }

  it('tell the health of a link, on the primary end only', async () => {
    const columns = ['Health of the link nvarchar(60)?'];
    assert.deepEqual(await onBothEnds(healthOfLink), [[{ columns, rows: [['NOT_HEALTHY']] }], [{ columns, rows: [] }]]);
  });

  it('tell the role at each end', async () => {
    const roles = (await onBothEnds(roleInLink)).map(([only]) => only?.rows);
    assert.deepEqual(roles, [[['DAG_Sales', 'PRIMARY']], [['DAG_Sales', 'SECONDARY']]]);
  });

  it('tell how far seeding is', async () => {
    for (const [status, estimate] of await onBothEnds(seeding)) {
      assert.deepEqual(status?.columns, [
        'Database nvarchar(128)?',
        'State nvarchar(60)?',
        'Source bit',
        'Size MB bigint?',
        'Network wait s bigint?',
      ]);
      assert.equal(status?.rows.length, 1);
      assert.deepEqual(estimate?.columns, ['Takes varchar(8)?']);
      assert.match(String(estimate?.rows[0]?.[0]), /^\d\d:\d\d:\d\d$/);
    }
  });

  it('make floats of states for exporters', async () => {
    const [primary, secondary] = (await onBothEnds(asFloats)).map(([only]) => only?.rows.map((row) => row.slice(2)));
    assert.deepEqual(primary, [
      ['1', 1, 1],
      ['0', 2, 1],
    ]);
    assert.deepEqual(secondary?.[0]?.slice(0, 2), ['1', 2]);
  });

  it('tell when certificates end and how far commits are behind', async () => {
    for (const [only] of await onBothEnds(certificates)) {
      assert.ok(
        only !== undefined && only.rows.length > 0 && only.rows.every(([, expiry]) => typeof expiry === 'bigint'),
      );
    }
    for (const [only] of await onBothEnds(newestCommit)) {
      assert.deepEqual(only?.columns, ['database_name nvarchar(128)?', 'hardened varchar(30)?', 'behind int?']);
    }
  });
});
