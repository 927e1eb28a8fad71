import { type Family, family } from '../family.ts';
import { flag, known, stateFlags } from './made-of.ts';
import { ends, members, ofEachEnd, ofEachRow, rows } from './replica-rows.ts';

const view = 'sys.dm_hadr_availability_replica_states';
const catalogView = 'sys.availability_replicas';

const roles = ['RESOLVING', 'PRIMARY', 'SECONDARY'] as const;
const operationalStates = ['PENDING_FAILOVER', 'PENDING', 'ONLINE', 'OFFLINE', 'FAILED', 'FAILED_NO_QUORUM'] as const;
const healths = ['NOT_HEALTHY', 'PARTIALLY_HEALTHY', 'HEALTHY'] as const;

const whichRow =
  'replica="partner" is what a primary end says of the other end, which is what Microsoft calls the health of the link: only a primary end has it. replica="local" is the own row of the server.';

/** A text that is neither word is not known, so it is not a number either. */
function isConnected(connectedState: string | null): boolean | null {
  if (connectedState === 'CONNECTED') return true;
  return connectedState === 'DISCONNECTED' ? false : null;
}

export const replicaRole = family({
  name: 'milink_replica_role',
  help: `Role of the server in the link: 1 for the current role_desc, 0 for the others, from its own (is_local) row of the distributed group in ${view}. PRIMARY at both ends is split brain.`,
  type: 'gauge',
  labels: ['server', 'link', 'managed_instance', 'role'],
  source: `${view}.role_desc`,
  ...ofEachEnd(
    (end) => end.role,
    (labels, current) =>
      stateFlags(roles, current).map(({ state: role, value }) => ({ labels: { ...labels, role }, value })),
  ),
});

export const replicaOperationalState = family({
  name: 'milink_replica_operational_state',
  help: `Operational state of the server in the link: 1 for the current operational_state_desc of its own row in ${view}, 0 for the others. The server does not know that of its partner.`,
  type: 'gauge',
  labels: ['server', 'link', 'managed_instance', 'state'],
  source: `${view}.operational_state_desc`,
  ...ofEachEnd(
    (end) => end.local?.operationalState ?? null,
    (labels, current) =>
      stateFlags(operationalStates, current).map(({ state, value }) => ({ labels: { ...labels, state }, value })),
  ),
});

export const replicaRoleChangesTotal = family({
  name: 'milink_replica_role_changes_total',
  help: `How often the server was seen with another role in the link than before (role_desc in ${view}), by the role that it changed to, since the exporter started. A failed poll between the two makes no difference.`,
  type: 'counter',
  labels: ['server', 'link', 'managed_instance', 'role'],
  source: `${view}.role_desc`,
  samples: (state) => {
    const histories = new Map(state.servers.map(({ name, history }) => [name, history.roles]));
    return ends(state).flatMap(({ labels, end }) => {
      const changes = histories.get(end.server)?.get(end.groupId)?.changes;
      // Without a role there is nothing that it could have changed from.
      if (changes === undefined) return [];
      return [...new Set([...roles, ...changes.keys()])].map((role) => ({
        labels: { ...labels, role },
        value: changes.get(role) ?? 0,
      }));
    });
  },
});

export const replicaRoleChangedTimestampSeconds = family({
  name: 'milink_replica_role_changed_timestamp_seconds',
  help: `When the server became what role says, after the other of PRIMARY and SECONDARY: the end of the first poll that showed it (role_desc in ${view}); it happened at most one poll earlier. Absent where no change was seen; with history.path one that a process before this one saw counts. Unix time, by the clock of the exporter.`,
  type: 'gauge',
  labels: ['server', 'link', 'managed_instance', 'role'],
  source: `${view}.role_desc`,
  samples: (state) => {
    const histories = new Map(state.servers.map(({ name, history }) => [name, history.roles]));
    return ends(state).flatMap(({ labels, end }) => {
      const turn = histories.get(end.server)?.get(end.groupId)?.turn;
      return turn === undefined ? [] : [{ labels: { ...labels, role: turn.to }, value: turn.byTimestampSeconds }];
    });
  },
});

const ownFamilies: readonly Family[] = [
  replicaRole,
  replicaOperationalState,
  replicaRoleChangesTotal,
  replicaRoleChangedTimestampSeconds,
];

export const replicaSynchronizationHealth = family({
  name: 'milink_replica_synchronization_health',
  help: `Health: 1 for the current synchronization_health_desc in ${view}, 0 for the others. ${whichRow} Where the server says NULL there is no series.`,
  type: 'gauge',
  labels: ['server', 'link', 'managed_instance', 'replica', 'health'],
  source: `${view}.synchronization_health_desc`,
  ...ofEachRow(
    (row) => row.synchronizationHealth,
    (labels, current) =>
      stateFlags(healths, current).map(({ state: health, value }) => ({ labels: { ...labels, health }, value })),
  ),
});

export const replicaConnected = family({
  name: 'milink_replica_connected',
  help: `Whether connected_state_desc in ${view} is CONNECTED: 1 or 0. ${whichRow} Where the server says NULL there is no series.`,
  type: 'gauge',
  labels: ['server', 'link', 'managed_instance', 'replica'],
  source: `${view}.connected_state_desc`,
  ...ofEachRow(
    (row) => isConnected(row.connectedState),
    (labels, told) => known(labels, flag(told)),
  ),
});

export const replicaLastConnectErrorTimestampSeconds = family({
  name: 'milink_replica_last_connect_error_timestamp_seconds',
  help: `When the connection last failed, and error is the SQL Server error number: last_connect_error_timestamp and last_connect_error_number in ${view}. It stays after the connection recovers. ${whichRow} Unix time.`,
  type: 'gauge',
  labels: ['server', 'link', 'managed_instance', 'replica', 'error'],
  source: `${view}.last_connect_error_timestamp`,
  samples: (state) =>
    rows(state).flatMap(({ labels, row }) =>
      known({ ...labels, error: textOf(row.lastConnectErrorNumber) }, row.lastConnectErrorTimestampSeconds),
    ),
});

const rowFamilies: readonly Family[] = [
  replicaSynchronizationHealth,
  replicaConnected,
  replicaLastConnectErrorTimestampSeconds,
];

export const replicaInfo = family({
  name: 'milink_replica_info',
  help: `How the catalog of the server (${catalogView}) configures the two members of the distributed group: replica="local" is the member of the server itself, replica="partner" the other one. Empty where it says NULL.`,
  type: 'info',
  labels: [
    'server',
    'link',
    'managed_instance',
    'replica',
    'member',
    'availability_mode',
    'failover_mode',
    'seeding_mode',
  ],
  source: catalogView,
  samples: (state) =>
    members(state).map(({ labels, member }) => ({
      labels: {
        ...labels,
        member: member.replicaServerName ?? '',
        availability_mode: member.availabilityMode ?? '',
        failover_mode: member.failoverMode ?? '',
        seeding_mode: member.seedingMode ?? '',
      },
      value: 1,
    })),
});

const memberFamilies: readonly Family[] = [replicaInfo];

function textOf(number: number | null): string {
  return number === null ? '' : String(number);
}

/** Each end of each link, as its own server reports it. */
export const replicaFamilies: readonly Family[] = [...ownFamilies, ...rowFamilies, ...memberFamilies];
