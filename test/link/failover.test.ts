import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { type FailoverCheck, type FailoverCheckName, failoverCheckNames } from '../../src/link/data/database.ts';
import type { SeedingAttempt } from '../../src/model/seeding.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { lsn, sqlServerWithDatabase } from './database-rows.ts';
import { ends, imported, miHost, trust } from './failover-ends.ts';
import { certificate, failedServer, guid, managedInstance, now, seedingAttempt } from './server-state.ts';

interface Readiness {
  readonly ready: boolean | null | undefined;
  readonly checks: Readonly<Record<string, FailoverCheck['status']>>;
}

function readiness(servers: readonly ServerState[]): Readiness {
  const [link] = assessLinks(servers, []);
  const [database] = link?.databases ?? [];
  const checks = [...(link?.failoverChecks ?? []), ...(database?.failoverChecks ?? [])];
  for (const { text } of checks) assert.match(text, /\S.*\.$/su);
  return {
    ready: database?.isFailoverReady,
    checks: Object.fromEntries(checks.map(({ check, status }) => [check, status])),
  };
}

test('both ends in order: every check once, in order, passed', () => {
  const { ready, checks } = readiness(ends());
  assert.deepEqual(Object.keys(checks), failoverCheckNames);
  assert.deepEqual([...new Set(Object.values(checks))], ['passed']);
  assert.equal(ready, true);
});

const failed = { synchronizationHealth: 'NOT_HEALTHY', connectedState: 'DISCONNECTED' };
const expired = { expiryTimestampSeconds: now - 1 };
const attempt = { groupId: guid('DAG_Sales@mi-prod'), groupDatabaseId: guid('database Sales') };
const seeding = seedingAttempt({ ...attempt, currentState: 'SEEDING', completionTimestampSeconds: null });

/** The copy at the managed instance has not joined. */
function withoutCopy(attempts: readonly SeedingAttempt[]): readonly ServerState[] {
  const server = sqlServerWithDatabase({ partnerCopy: null }, { views: { ...trust, automatic_seeding: attempts } });
  return [server, managedInstance()];
}

const cases: readonly (readonly [
  string,
  readonly ServerState[],
  FailoverCheckName,
  FailoverCheck['status'],
  boolean | null,
])[] = [
  ['two primaries', ends({ mi: { role: 'PRIMARY' } }), 'one_primary', 'failed', false],
  ['no primary', ends({ sql: { role: 'SECONDARY' } }), 'one_primary', 'failed', false],
  [
    'the other end could not be polled',
    [...ends().slice(0, 1), failedServer('mi-prod', { host: miHost })],
    'one_primary',
    'unknown',
    null,
  ],
  ['the connection is lost', ends({ sql: { partner: failed } }), 'connected', 'failed', false],
  [
    'the connection is not reported',
    ends({ sql: { partner: { connectedState: null } } }),
    'connected',
    'unknown',
    null,
  ],
  [
    'a connection state that is not known',
    ends({ sql: { partner: { connectedState: 'DOZING' } } }),
    'connected',
    'unknown',
    null,
  ],
  ['the link is not healthy', ends({ sql: { partner: failed } }), 'healthy', 'failed', false],
  [
    'the link is partially healthy',
    ends({ sql: { partner: { synchronizationHealth: 'PARTIALLY_HEALTHY' } } }),
    'healthy',
    'failed',
    false,
  ],
  [
    'the certificate of the endpoint has expired',
    ends({ sqlViews: { certificates: [certificate(expired), imported] } }),
    'certificates_valid',
    'failed',
    false,
  ],
  [
    'the imported certificate is not valid yet',
    ends({ sqlViews: { certificates: [certificate(), { ...imported, startTimestampSeconds: now + 1 }] } }),
    'certificates_valid',
    'failed',
    false,
  ],
  [
    'an expired certificate of another managed instance',
    ends({
      sqlViews: {
        certificates: [
          certificate(),
          imported,
          certificate({ ...expired, certificateId: 3, name: 'mi-two.x', privateKeyEncryption: 'NA' }),
        ],
      },
    }),
    'certificates_valid',
    'passed',
    true,
  ],
  [
    'certificates that were not read',
    ends({ sqlViews: { certificates: null } }),
    'certificates_valid',
    'unknown',
    null,
  ],
  [
    'a certificate without dates',
    ends({ sqlViews: { certificates: [certificate({ expiryTimestampSeconds: null }), imported] } }),
    'certificates_valid',
    'unknown',
    null,
  ],
  [
    'SQL Server 2019 to the managed instance, which ends the link',
    ends({ version: '15.0.4312.2' }),
    'version_allows',
    'passed',
    true,
  ],
  ['a SQL Server below the supported build', ends({ version: '15.0.4300.1' }), 'version_allows', 'failed', false],
  [
    'a build number that is lower though its text is greater',
    ends({ version: '16.0.999.1' }),
    'version_allows',
    'failed',
    false,
  ],
  ['a SQL Server that is newer than this program', ends({ version: '18.0.1.1' }), 'version_allows', 'unknown', null],
  [
    'back to a SQL Server that can not take the link back',
    ends({ sql: { role: 'SECONDARY' }, mi: { role: 'PRIMARY' }, version: '16.0.4085.2' }),
    'version_allows',
    'failed',
    false,
  ],
  [
    'back to a SQL Server that can',
    ends({ sql: { role: 'SECONDARY' }, mi: { role: 'PRIMARY' }, version: '16.0.4095.4' }),
    'version_allows',
    'passed',
    true,
  ],
  [
    'the partner copy is suspended',
    ends({ sql: { partnerCopy: { isSuspended: true } } }),
    'not_suspended',
    'failed',
    false,
  ],
  [
    'the secondary says that it is suspended',
    ends({ mi: { ownCopy: { isSuspended: true } } }),
    'not_suspended',
    'failed',
    false,
  ],
  [
    'the primary has no row of the partner copy',
    ends({ sql: { partnerCopy: null } }),
    'not_suspended',
    'unknown',
    null,
  ],
  ['a seeding runs', withoutCopy([seeding]), 'not_seeding', 'failed', false],
  ['the newest seeding failed', withoutCopy([{ ...seeding, currentState: 'FAILED' }]), 'not_seeding', 'failed', false],
  [
    'an attempt that failed before the copy came another way',
    ends({ sqlViews: { automatic_seeding: [{ ...seeding, currentState: 'FAILED' }] } }),
    'not_seeding',
    'passed',
    true,
  ],
  [
    'a seeding of another database',
    ends({ sqlViews: { automatic_seeding: [{ ...seeding, groupDatabaseId: guid('x') }] } }),
    'not_seeding',
    'passed',
    true,
  ],
  ['the seeding view was not read', ends({ sqlViews: { automatic_seeding: null } }), 'not_seeding', 'unknown', null],
  ['the other end lags', ends({ sql: { partnerCopy: { secondaryLagSeconds: 3 } } }), 'no_lag', 'failed', false],
  ['the lag is NULL', ends({ sql: { partnerCopy: { secondaryLagSeconds: null } } }), 'no_lag', 'unknown', null],
  [
    'the lag reads 0 because data movement is suspended',
    ends({ sql: { partnerCopy: { isSuspended: true } } }),
    'no_lag',
    'unknown',
    false,
  ],
  [
    'LSNs that differ in the last of 25 digits',
    ends({ mi: { ownCopy: { lastHardenedLsn: lsn + 1n } } }),
    'hardened_lsn_equal',
    'failed',
    false,
  ],
  [
    'no LSN in the group of the link: that of the own group counts',
    ends({ mi: { ownCopy: { lastHardenedLsn: null } } }),
    'hardened_lsn_equal',
    'passed',
    true,
  ],
  [
    'databases were not read',
    ends({ sqlViews: { database_replica_states: null } }),
    'hardened_lsn_equal',
    'unknown',
    null,
  ],
];

describe('one fact that is not in order', () => {
  for (const [name, servers, check, status, ready] of cases) {
    test(`${name}: ${check} ${status}`, () => {
      const found = readiness(servers);
      assert.deepEqual([found.checks[check], found.ready], [status, ready]);
    });
  }
});
