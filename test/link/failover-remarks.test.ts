import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { FailoverCheck } from '../../src/link/data/database.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { managedInstanceWithDatabase } from './database-rows.ts';
import { ends, imported } from './failover-ends.ts';
import { certificate, linkRows, now, polledServer } from './server-state.ts';

const expired = { expiryTimestampSeconds: now - 1 };

test('of several managed instances, the imported certificate of each counts for its own link', () => {
  const expiredImport = certificate({ ...expired, certificateId: 3, name: 'mi-two.x', privateKeyEncryption: 'NA' });
  const [server] = ends({ sqlViews: { certificates: [certificate(), imported, expiredImport] } });
  assert.ok(server?.outcome.kind === 'ok');
  const second = linkRows('sql_server', { link: 'DAG_Two', managedInstance: 'mi-two' });
  const { views } = server.outcome.snapshot;
  const both = polledServer('sql-prod-01', 'sql_server', {
    views: {
      ...views,
      availability_groups: [...(views.availability_groups ?? []), ...second.groups],
      availability_replicas: [
        ...(views.availability_replicas ?? []),
        // The certificate has the name of the host in the endpoint's address.
        ...second.replicas.map((row) => ({
          ...row,
          endpointUrl: row.endpointUrl?.replace('mi-two.0123abcd.database.windows.net', 'mi-two.x') ?? null,
        })),
      ],
      availability_replica_states: [...(views.availability_replica_states ?? []), ...second.states],
    },
  });
  const statuses = assessLinks([both], []).map(({ name, failoverChecks }) => [
    name,
    failoverChecks.find(({ check }) => check === 'certificates_valid')?.status,
  ]);
  assert.deepEqual(statuses, [
    ['DAG_Sales', 'passed'],
    ['DAG_Two', 'failed'],
  ]);
});

describe('a managed instance that is always up to date', () => {
  const upToDate = { facts: { updateType: 'Continuous' } } as const;
  const versionCheck = (servers: readonly ServerState[]): FailoverCheck | undefined =>
    assessLinks(servers, [])[0]?.failoverChecks.find(({ check }) => check === 'version_allows');
  test('a failover to it is one way, wherever it is said to be ready', () => {
    const [sql] = ends();
    assert.ok(sql);
    const check = versionCheck([sql, managedInstanceWithDatabase({}, upToDate)]);
    assert.deepEqual([check?.status, check?.remark], ['passed', 'one way: the managed instance is always up to date']);
  });
  test('a failover from it to SQL Server is none', () => {
    const [sql] = ends({ sql: { role: 'SECONDARY' } });
    assert.ok(sql);
    const check = versionCheck([sql, managedInstanceWithDatabase({ role: 'PRIMARY' }, upToDate)]);
    assert.equal(check?.status, 'failed');
    assert.match(check?.text ?? '', /no SQL Server takes its databases/);
  });
});

test('commit modes that differ, or are not told, stand against a planned failover', () => {
  const modes = (mode: string | null): FailoverCheck['status'] | undefined => {
    const replicas = linkRows('sql_server').replicas.map((row, index) =>
      index === 0 ? { ...row, availabilityMode: mode } : row,
    );
    const links = assessLinks(ends({ sqlViews: { availability_replicas: replicas } }), []);
    return links[0]?.failoverChecks.find(({ check }) => check === 'commit_modes_equal')?.status;
  };
  assert.deepEqual(
    [modes('ASYNCHRONOUS_COMMIT'), modes('SYNCHRONOUS_COMMIT'), modes(null)],
    ['passed', 'failed', 'unknown'],
  );
});
