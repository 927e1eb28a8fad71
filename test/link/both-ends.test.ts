import { describe } from 'node:test';
import type { ServerState } from '../../src/model/server-state.ts';
import { runbook } from './runbook.ts';
import { guid, managedInstance, seedingAttempt, sqlServer } from './server-state.ts';

const group = guid('DAG_Sales@mi-prod');

describe('both ends answer', () => {
  runbook([
    {
      when: 'one end is PRIMARY and says that its partner is HEALTHY',
      servers: [sqlServer(), managedInstance()],
      verdict: 'healthy',
      reasons: [],
      seen: [2, 1],
    },
    {
      when: 'after a failover to the managed instance its word on the partner counts',
      servers: [sqlServer({ role: 'SECONDARY' }), managedInstance({ role: 'PRIMARY' })],
      verdict: 'healthy',
      reasons: [],
      seen: [2, 1],
    },
    {
      when: 'both ends are PRIMARY',
      servers: [sqlServer({ partner: { connectedState: 'DISCONNECTED' } }), managedInstance({ role: 'PRIMARY' })],
      verdict: 'split_brain',
      reasons: ['both_ends_primary', 'partner_disconnected'],
      seen: [2, 2],
    },
    {
      when: 'in the moment of a planned failover both ends are SECONDARY',
      servers: [sqlServer({ role: 'SECONDARY' }), managedInstance()],
      verdict: 'no_primary',
      reasons: ['no_end_primary'],
      seen: [2, 0],
    },
    {
      when: 'the SQL Server is RESOLVING',
      servers: [sqlServer({ role: 'RESOLVING' }), managedInstance()],
      verdict: 'no_primary',
      reasons: ['no_end_primary'],
      seen: [2, 0],
    },
    {
      when: 'the SQL Server gives no role in its row',
      servers: [sqlServer({ role: null }), managedInstance()],
      verdict: 'unknown',
      reasons: ['role_not_reported'],
      seen: [2, null],
    },
    {
      when: 'the partner is NOT_HEALTHY',
      servers: [sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY' } }), managedInstance()],
      verdict: 'not_healthy',
      reasons: ['partner_not_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the partner is PARTIALLY_HEALTHY',
      servers: [sqlServer({ partner: { synchronizationHealth: 'PARTIALLY_HEALTHY' } }), managedInstance()],
      verdict: 'partially_healthy',
      reasons: ['partner_partially_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the partner of a new link has not joined, or the connection broke',
      servers: [
        sqlServer({
          partner: {
            connectedState: 'DISCONNECTED',
            synchronizationHealth: 'NOT_HEALTHY',
            lastConnectErrorNumber: 41986,
          },
        }),
        managedInstance({
          local: { lastConnectErrorNumber: 35206, lastConnectErrorDescription: 'A timeout has occurred.' },
        }),
      ],
      verdict: 'disconnected',
      reasons: ['partner_disconnected', 'partner_not_healthy', 'last_connect_error', 'last_connect_error'],
      seen: [2, 1],
    },
    {
      when: 'an old connection error of a link that is connected again is no reason',
      servers: [sqlServer({ partner: { lastConnectErrorNumber: 35206 } }), managedInstance()],
      verdict: 'healthy',
      reasons: [],
      seen: [2, 1],
    },
    {
      when: 'the primary has no row for its partner',
      servers: [sqlServer({ partner: null }), managedInstance()],
      verdict: 'unknown',
      reasons: ['no_partner_row'],
      seen: [2, 1],
    },
    {
      when: 'the partner row has no health',
      servers: [sqlServer({ partner: { synchronizationHealth: null } }), managedInstance()],
      verdict: 'unknown',
      reasons: ['health_not_reported'],
      seen: [2, 1],
    },
    {
      when: 'a newer server says a health that is not known here',
      servers: [sqlServer({ partner: { synchronizationHealth: 'EXCELLENT' } }), managedInstance()],
      verdict: 'unknown',
      reasons: ['health_not_recognised'],
      seen: [2, 1],
    },
    {
      when: 'a newer server says a connection state that is not known here',
      servers: [sqlServer({ partner: { connectedState: 'DOZING' } }), managedInstance()],
      verdict: 'partially_healthy',
      reasons: ['connection_not_recognised'],
      seen: [2, 1],
    },
  ]);
});

describe('seeding', () => {
  const failed = seedingAttempt({ groupId: group, currentState: 'FAILED', errorCode: 41962 });
  const running = seedingAttempt({ groupId: group, currentState: 'SEEDING', completionTimestampSeconds: null });
  const secondFailed = { ...failed, groupDatabaseId: guid('second') };
  const onSql = (automatic_seeding: readonly (typeof failed)[]): ServerState =>
    sqlServer({ partner: { connectedState: 'DISCONNECTED' } }, { views: { automatic_seeding } });
  runbook([
    {
      when: 'the newest attempt runs while the new link still reads DISCONNECTED',
      servers: [onSql([running]), managedInstance()],
      verdict: 'seeding',
      reasons: ['seeding_running', 'partner_not_joined'],
      seen: [2, 1],
    },
    {
      when: 'the same, where copies may be that were not read',
      servers: [
        sqlServer(
          { partner: { connectedState: 'DISCONNECTED' } },
          { views: { automatic_seeding: [running], database_replica_states: null } },
        ),
        managedInstance(),
      ],
      verdict: 'disconnected',
      reasons: ['partner_disconnected', 'seeding_running', 'view_not_read'],
      seen: [2, 1],
    },
    {
      when: 'one database is seeded, another one failed',
      servers: [onSql([running, secondFailed]), managedInstance()],
      verdict: 'seeding_failed',
      reasons: ['partner_disconnected', 'seeding_failed', 'seeding_running'],
      seen: [2, 1],
    },
    {
      when: 'only the managed instance knows of the failure',
      servers: [sqlServer(), managedInstance({}, { views: { automatic_seeding: [failed] } })],
      verdict: 'seeding_failed',
      reasons: ['seeding_failed'],
      seen: [2, 1],
    },
    {
      when: 'a failed attempt of another group is not this link',
      servers: [
        sqlServer({}, { views: { automatic_seeding: [{ ...failed, groupId: guid('other') }] } }),
        managedInstance(),
      ],
      verdict: 'healthy',
      reasons: [],
      seen: [2, 1],
    },
    {
      when: 'the seeding view was not read',
      servers: [sqlServer({}, { views: { automatic_seeding: null } }), managedInstance()],
      verdict: 'partially_healthy',
      reasons: ['view_not_read'],
      seen: [2, 1],
    },
  ]);
});
