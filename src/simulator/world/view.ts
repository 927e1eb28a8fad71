import type { TextOf } from './codes.ts';
import { datetimeText } from './datetime.ts';
import { logPosition } from './log-position.ts';
import { nodeReplicaId } from './pair-topology.ts';
import type { DatabaseState, LinkState, Role, World } from './state.ts';
import { databaseSynchronization, linkConnected } from './synchronization.ts';
import { type DatabaseIdentity, type EndName, type MemberIdentity, otherEnd, type ServerIdentity } from './topology.ts';

const firstMajorWithContainedGroups = 16;

/** A link as one end knows it. */
export interface LinkView {
  readonly state: LinkState;
  /** The distributed group's id on this end. */
  readonly groupId: string;
  /** With the replica of the node that looks. */
  readonly self: MemberIdentity;
  readonly other: MemberIdentity;
  readonly role: Role;
  readonly connected: boolean;
  /** Only a primary knows the partner's replica (sys.dm_hadr_availability_replica_states). */
  readonly seesPartner: boolean;
  /** The end whose log this end has: its own as primary, else the one it follows. */
  readonly writer: EndName;
}

/** The pair as one end knows it, and how that end writes times. */
export interface EndView {
  readonly world: World;
  readonly end: EndName;
  readonly self: ServerIdentity;
  readonly other: ServerIdentity;
  /** The further nodes of this end's own groups. */
  readonly peers: readonly ServerIdentity[];
  /** The node that is primary of them. */
  readonly groupPrimary: ServerIdentity;
  readonly isGroupPrimary: boolean;
  /** The links that exist; a dropped one is only in `world`. */
  readonly links: readonly LinkView[];
  /** A `_utc` column. */
  utc(unixMilliseconds: number): string;
  /** A plain datetime column: this server's local time. */
  local(unixMilliseconds: number): string;
}

/** What an end can know of the world; a node other than 0 is a further one of SQL Server's. */
export function viewFrom(world: World, end: EndName, node = 0): EndView {
  const nodes = nodesOf(world, end);
  const self = nodes[node] ?? world.topology.servers[end];
  const groupPrimary = groupPrimaryOf(world, end);
  return {
    world,
    end,
    self,
    other: groupPrimaryOf(world, otherEnd(end)),
    peers: nodes.filter((each) => each.node !== self.node),
    groupPrimary,
    isGroupPrimary: groupPrimary.node === self.node,
    links: world.links.filter((link) => link.present[end]).map((link) => linkView(link, end, self)),
    utc: (milliseconds) => datetimeText(milliseconds + self.clockSkewMilliseconds, 0),
    local: (milliseconds) => localTime(self, milliseconds),
  };
}

function nodesOf(world: World, end: EndName): readonly ServerIdentity[] {
  return end === 'sqlServer' ? world.topology.sqlServerNodes : [world.topology.servers[end]];
}

function groupPrimaryOf(world: World, end: EndName): ServerIdentity {
  return nodesOf(world, end)[world.primaryNode] ?? world.topology.servers[end];
}

/** An instant as a server's own clock, in its own zone, shows it. */
export function localTime(server: ServerIdentity, unixMilliseconds: number): string {
  return datetimeText(unixMilliseconds + server.clockSkewMilliseconds, server.localOffsetMinutes);
}

/** The group in which a database of a link moves, as this end shows it. */
export interface DatabaseGroup {
  readonly groupId: string;
  readonly selfReplicaId: string;
  readonly otherReplicaId: string;
  readonly isInternal: boolean;
}

/** The link's own group, or the database's hidden one in a link of several databases. */
export function databaseGroup(view: EndView, link: LinkView, { identity }: DatabaseState): DatabaseGroup {
  const hidden = identity.internalGroup;
  return hidden === null
    ? {
        groupId: link.groupId,
        selfReplicaId: link.self.memberReplicaId,
        otherReplicaId: link.other.memberReplicaId,
        isInternal: false,
      }
    : {
        groupId: hidden.groupId,
        selfReplicaId: hidden.replicaIds[view.end],
        otherReplicaId: hidden.replicaIds[otherEnd(view.end)],
        isInternal: true,
      };
}

/** The system databases of a contained group, on the end that has such a group and in the versions that know them. */
export function containedDatabases(view: EndView, link: LinkView): readonly DatabaseIdentity[] {
  const { managedInstance, major } = view.self.version;
  const knowsThem = !managedInstance && major >= firstMajorWithContainedGroups;
  return knowsThem ? link.state.identity.containedDatabases : [];
}

/** What an end calls a database where a managed instance may show a GUID. */
export function shownDatabaseName(view: EndView, identity: DatabaseIdentity): string {
  if (view.end === 'sqlServer') return identity.name;
  switch (view.world.databaseNaming) {
    case 'physical name':
      return identity.physicalNames[view.end];
    case 'group id':
      return identity.groupDatabaseId;
    case 'name':
      return identity.name;
  }
}

/** The bytes of log at an instant, in the log that this end has. */
export function logAt(view: EndView, link: LinkView, at: LogInstant): number {
  return logPosition({
    link: link.state,
    database: at.database,
    writer: link.writer,
    atMilliseconds: at.milliseconds,
    startMilliseconds: view.world.topology.startMilliseconds,
  });
}

interface LogInstant {
  readonly database: DatabaseState;
  readonly milliseconds: number;
}

/** The data movement of a database's secondary copy, as both ends show it. */
export function copyState(view: EndView, link: LinkView, database: DatabaseState): TextOf<'synchronization_state'> {
  return databaseSynchronization(link.state, database, view.world.nowMilliseconds);
}

function linkView(state: LinkState, end: EndName, server: ServerIdentity): LinkView {
  const partner = otherEnd(end);
  const role = state.roles[end];
  const member = state.identity.members[end];
  return {
    state,
    groupId: state.identity.groupIds[end],
    self: { ...member, replicaId: nodeReplicaId(member, server.node) },
    other: state.identity.members[partner],
    role,
    connected: linkConnected(state),
    seesPartner: role === 'PRIMARY',
    writer: role === 'PRIMARY' ? end : state.writer,
  };
}
