import type { ServerState } from '../../src/model/server-state.ts';
import { managedInstanceWithDatabase, sqlServerWithDatabase } from '../link/database-rows.ts';
import {
  certificate,
  failedServer,
  guid,
  managedInstance,
  mirroringEndpoint,
  physicalSeeding,
  polledServer,
  seedingAttempt,
  sqlServer,
} from '../link/server-state.ts';
import { type Labels, identity as link, type RuleCase } from './rule-case.ts';
import { ruleCase, type StateCase } from './state-case.ts';

const critical = (alertname: string, labels: Labels = link): Labels => ({ alertname, severity: 'critical', ...labels });
const warning = (alertname: string, labels: Labels = link): Labels => ({ alertname, severity: 'warning', ...labels });
const info = (alertname: string): Labels => ({ alertname, severity: 'info', ...link });
const notPolled = (server: string): Labels => warning('MilinkServerNotPolled', { server });

const linkGroup = guid('DAG_Sales@mi-prod');
const broken = { partner: { synchronizationHealth: 'NOT_HEALTHY', connectedState: 'DISCONNECTED' } } as const;

/** The end as it is, with this many changes of role to each role behind it. */
function withChanges(server: ServerState, role: string, changes: Readonly<Record<string, number>>): ServerState {
  const roles = new Map([[linkGroup, { role, changes: new Map(Object.entries(changes)) }]]);
  return { ...server, history: { ...server.history, roles } };
}

const primary = (): ServerState => withChanges(sqlServer(), 'PRIMARY', {});
const secondary = (): ServerState => withChanges(managedInstance(), 'SECONDARY', {});

/** The primary end while the database is copied, or after the copy has failed. */
function seedingServer(attempt: Parameters<typeof seedingAttempt>[0], isRunning: boolean): ServerState {
  const views = {
    automatic_seeding: [seedingAttempt({ groupId: linkGroup, ...attempt })],
    physical_seeding_stats: isRunning ? [physicalSeeding()] : [],
  };
  return sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY' } }, { views });
}

const running = { currentState: 'PENDING', completionTimestampSeconds: null, performedSeeding: null };

const quiet: readonly StateCase[] = [
  {
    name: 'a healthy link',
    phases: [{ minutes: 20, servers: [primary(), secondary()] }],
    firing: { '20m': [] },
  },
  {
    name: 'a planned failover: a minute without a primary, then the roles are swapped',
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      {
        minutes: 1,
        servers: [withChanges(sqlServer({ role: 'SECONDARY' }), 'SECONDARY', { SECONDARY: 1 }), secondary()],
      },
      {
        minutes: 20,
        servers: [
          withChanges(sqlServer({ role: 'SECONDARY' }), 'SECONDARY', { SECONDARY: 1 }),
          withChanges(managedInstance({ role: 'PRIMARY' }), 'PRIMARY', { PRIMARY: 1 }),
        ],
      },
    ],
    firing: {
      '4m': [],
      '5m45s': [info('MilinkReplicaRoleChanged')],
      '7m30s': [info('MilinkReplicaRoleChanged')],
      '10m': [info('MilinkReplicaRoleChanged')],
      '26m': [],
    },
  },
  {
    name: 'a new link: the managed instance joins after six minutes, then the database is copied',
    phases: [
      { minutes: 6, servers: [sqlServer(broken), polledServer('mi-prod', 'managed_instance', miFacts())] },
      { minutes: 20, servers: [seedingServer(running, true), managedInstance()] },
      { minutes: 10, servers: [primary(), secondary()] },
    ],
    firing: {
      '3m': [],
      '5m45s': [],
      '12m': [info('MilinkSeedingRunning')],
      '25m': [info('MilinkSeedingRunning')],
      '34m': [{ alertname: 'MilinkSeedingRunning', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'info' }],
    },
  },
];

/** What tells that a server without a link is the managed instance. */
function miFacts() {
  const host = 'mi-prod.0123abcd.database.windows.net';
  return { facts: { serverName: host }, state: { host } };
}

const loud: readonly StateCase[] = [
  {
    name: 'primary at both ends',
    phases: [{ minutes: 20, servers: [sqlServer(), managedInstance({ role: 'PRIMARY' })] }],
    firing: { '45s': [], '1m': [critical('MilinkLinkSplitBrain')], '20m': [critical('MilinkLinkSplitBrain')] },
  },
  {
    name: 'the partner is not healthy, then the link recovers',
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      { minutes: 10, servers: [sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY' } }), managedInstance()] },
      { minutes: 10, servers: [primary(), secondary()] },
    ],
    firing: {
      '5m45s': [],
      '6m': [critical('MilinkLinkNotHealthy')],
      '14m': [critical('MilinkLinkNotHealthy')],
      '21m': [
        { alertname: 'MilinkLinkNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
    },
  },
  {
    name: 'the partner is not healthy and not connected',
    phases: [{ minutes: 20, servers: [sqlServer(broken), managedInstance()] }],
    firing: { '45s': [], '5m': [critical('MilinkLinkDisconnected')], '20m': [critical('MilinkLinkDisconnected')] },
  },
  {
    name: 'the primary is lost',
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      { minutes: 15, servers: [failedServer('sql-prod-01'), secondary()] },
    ],
    firing: {
      '6m45s': [],
      '7m': [critical('MilinkLinkPrimaryUnreachable', { ...link, server: 'sql-prod-01' })],
      '20m': [critical('MilinkLinkPrimaryUnreachable', { ...link, server: 'sql-prod-01' })],
    },
  },
  {
    name: 'the secondary can not be polled: the link itself is seen to be healthy',
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      { minutes: 15, servers: [primary(), failedServer('mi-prod')] },
    ],
    firing: { '20m': [notPolled('mi-prod')] },
  },
  {
    name: 'both ends are lost, and the configuration does not list the link',
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      { minutes: 15, servers: [failedServer('sql-prod-01'), failedServer('mi-prod')] },
    ],
    firing: {
      '6m45s': [],
      '7m': [critical('MilinkLinkUnknown')],
      '20m': [critical('MilinkLinkUnknown'), notPolled('sql-prod-01'), notPolled('mi-prod')],
    },
  },
  {
    name: 'both ends stay secondary',
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      { minutes: 15, servers: [sqlServer({ role: 'SECONDARY' }), managedInstance()] },
    ],
    firing: { '6m45s': [], '7m': [critical('MilinkLinkNoPrimary')], '20m': [critical('MilinkLinkNoPrimary')] },
  },
  {
    name: 'an expected link was dropped at both ends',
    expected: [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: ['sql-prod-01', 'mi-prod'], databases: [] }],
    phases: [
      { minutes: 5, servers: [primary(), secondary()] },
      {
        minutes: 15,
        servers: [polledServer('sql-prod-01', 'sql_server'), polledServer('mi-prod', 'managed_instance', miFacts())],
      },
    ],
    firing: { '9m45s': [], '10m': [critical('MilinkLinkMissing')], '20m': [critical('MilinkLinkMissing')] },
  },
];

const databases: readonly StateCase[] = [
  {
    name: 'the copy of the database has failed',
    phases: [
      { minutes: 20, servers: [seedingServer({ currentState: 'FAILED', errorCode: 1412 }, false), managedInstance()] },
    ],
    firing: { '45s': [], '20m': [critical('MilinkSeedingFailed', { ...link, database: guid('database') })] },
  },
  {
    name: 'a suspended database',
    phases: [
      {
        minutes: 20,
        servers: [
          sqlServerWithDatabase({ partner: { synchronizationHealth: 'NOT_HEALTHY' }, partnerCopy: suspendedCopy() }),
          managedInstanceWithDatabase({ ownCopy: suspendedCopy() }),
        ],
      },
    ],
    firing: {
      '20m': [
        {
          alertname: 'MilinkDatabaseNotHealthy',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'critical',
        },
        {
          alertname: 'MilinkDatabaseSuspended',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'critical',
        },
      ],
    },
  },
  {
    name: 'an expected database is not in the link',
    expected: [
      {
        name: 'DAG_Sales',
        managedInstance: 'mi-prod',
        servers: ['sql-prod-01', 'mi-prod'],
        databases: ['Sales', 'Stock'],
      },
    ],
    phases: [{ minutes: 20, servers: [sqlServerWithDatabase(), managedInstanceWithDatabase()] }],
    firing: { '20m': [warning('MilinkDatabaseMissing', { ...link, database: 'Stock' })] },
  },
  // promtool's clock starts at 0.
  {
    name: "the endpoint's certificate near its end",
    phases: [{ minutes: 20, servers: [sqlServer({}, { views: certificateViews(6 * 86_400) }), managedInstance()] }],
    firing: {
      '20m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_SQL01_endpoint',
          server: 'sql-prod-01',
          severity: 'warning',
          usage: 'endpoint',
        },
      ],
    },
  },
];

function suspendedCopy() {
  return { isSuspended: true, suspendReason: 'SUSPEND_FROM_USER', synchronizationHealth: 'NOT_HEALTHY' } as const;
}

function certificateViews(expiryTimestampSeconds: number) {
  return {
    certificates: [certificate({ expiryTimestampSeconds })],
    database_mirroring_endpoints: [mirroringEndpoint()],
  };
}

export const stateCases: readonly RuleCase[] = [...quiet, ...loud, ...databases].map(ruleCase);
