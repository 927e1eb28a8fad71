import { guid, seededBytes } from './guid.ts';
import { type ServerOptions, serverIdentities, sqlServerNode } from './server-identity.ts';
import {
  type DatabaseIdentity,
  type EndName,
  endNames,
  type InternalGroup,
  type LinkIdentity,
  type MemberIdentity,
  type PerEnd,
  type ServerIdentity,
  type Topology,
} from './topology.ts';

const firstDatabaseIds: PerEnd<number> = { sqlServer: 5, managedInstance: 7 };
const linkAgeMilliseconds = 21 * 86_400_000;
const firstMajorWithSeveral = 16;
const gibibyte = 1024 ** 3;

/** The names of one link and of its databases. */
export interface LinkNames {
  readonly link: string;
  readonly databases: readonly string[];
}

/** What a pair is made of; everything has a default except when it starts. */
export interface TopologyOptions extends ServerOptions {
  /** Unix milliseconds. */
  readonly startMilliseconds: number;
  /** Number of links. */
  readonly links?: number;
  /** Number of databases of each link. */
  readonly databases?: number;
  /** Number of nodes of SQL Server's availability groups; 1 unless given. */
  readonly sqlServerNodes?: number;
  /**
   * `multi` is the mode in which one link carries several databases, each in a hidden group; SQL Server 2022 and later.
   * `single` unless given, where the databases of a link are all in its own group.
   */
  readonly linkMode?: 'single' | 'multi';
  /** Names in place of the counts and the default names. */
  readonly names?: readonly LinkNames[];
  /** Another seed gives other GUIDs and thumbprints. */
  readonly seed?: string;
  /** Give the distributed group another group_id on each end: Microsoft does not say that it is the same. */
  readonly groupIdsDiffer?: boolean;
}

/**
 * Builds a pair's unmoving part. The same options give the same pair, GUIDs included.
 * Throws when the version of SQL Server does not have the mode of link.
 */
export function pairTopology(options: TopologyOptions): Topology {
  const seed = options.seed ?? 'milink';
  if (options.linkMode === 'multi' && (options.sqlServerMajor ?? firstMajorWithSeveral) < firstMajorWithSeveral) {
    throw new Error('links of several databases need SQL Server 2022: set sqlServerMajor to 16 or more');
  }
  const names = options.names ?? defaultNames(options.links ?? 1, options.databases ?? 1);
  let databasesBefore = 0;
  const servers = serverIdentities(options);
  const links = names.map((linkNames) => {
    const link = linkIdentity(linkNames, { options, servers, seed, databasesBefore });
    databasesBefore += linkNames.databases.length;
    return link;
  });
  return {
    servers,
    sqlServerNodes: Array.from({ length: options.sqlServerNodes ?? 1 }, (_, node) => sqlServerNode(options, node)),
    links,
    startMilliseconds: options.startMilliseconds,
    seed,
  };
}

function defaultNames(links: number, databases: number): readonly LinkNames[] {
  return Array.from({ length: links }, (_, linkIndex) => {
    const number = String(linkIndex + 1).padStart(3, '0');
    const names = Array.from({ length: databases }, (__, index) => `Db${number}_${index + 1}`);
    return linkIndex === 0
      ? { link: 'DAG_Sales', databases: ['Sales', ...names.slice(1)].slice(0, databases) }
      : { link: `DAG_Link${number}`, databases: names };
  });
}

interface LinkContext {
  readonly options: Pick<TopologyOptions, 'startMilliseconds' | 'groupIdsDiffer' | 'linkMode'>;
  readonly servers: PerEnd<Pick<ServerIdentity, 'endpointUrl'>>;
  readonly seed: string;
  readonly databasesBefore: number;
}

/** A link between two servers. */
export function linkIdentity(names: LinkNames, { options, servers, seed, databasesBefore }: LinkContext): LinkIdentity {
  const groupId = (end: EndName): string =>
    guid(seed, 'distributed group', names.link, options.groupIdsDiffer === true ? end : '');
  return {
    name: names.link,
    groupIds: { sqlServer: groupId('sqlServer'), managedInstance: groupId('managedInstance') },
    members: {
      sqlServer: memberIdentity(seed, names.link, 'sqlServer'),
      managedInstance: memberIdentity(seed, names.link, 'managedInstance'),
    },
    ends: endNames,
    endpointUrls: { sqlServer: servers.sqlServer.endpointUrl, managedInstance: servers.managedInstance.endpointUrl },
    databases: names.databases.map((name, index) =>
      databaseIdentity({ options, seed }, names.link, [name, databasesBefore + index]),
    ),
    containedDatabases: [],
    createdAtMilliseconds: options.startMilliseconds - linkAgeMilliseconds,
  };
}

/** The replica of a node in the local group that a member stands for; the first node's is in the member. */
export function nodeReplicaId(member: MemberIdentity, node: number): string {
  return node === 0 ? member.replicaId : guid('replica of a node', member.replicaId, node);
}

function memberIdentity(seed: string, link: string, end: EndName): MemberIdentity {
  const bareName = link.replace(/^DAG_/, '');
  return {
    groupName: end === 'sqlServer' ? `AG_${bareName}` : `AG_${bareName}_MI`,
    groupId: guid(seed, 'group', link, end),
    replicaId: guid(seed, 'replica', link, end),
    memberReplicaId: guid(seed, 'member replica', link, end),
  };
}

function internalGroup(seed: string, link: string, name: string): InternalGroup {
  const replicaId = (end: EndName): string => guid(seed, 'internal replica', link, name, end);
  const groupId = guid(seed, 'internal group', link, name);
  return {
    groupId,
    name: `${link.slice(0, 80)}_${groupId}`,
    replicaIds: { sqlServer: replicaId('sqlServer'), managedInstance: replicaId('managedInstance') },
  };
}

/** A database of a link; its number is that among all of the pair. */
export function databaseIdentity(
  { options, seed }: Pick<LinkContext, 'options' | 'seed'>,
  link: string,
  [name, index]: readonly [string, number],
): DatabaseIdentity {
  const variation = seededBytes(2, seed, 'size', link, name);
  return {
    name,
    groupDatabaseId: guid(seed, 'database', link, name),
    internalGroup: options.linkMode === 'multi' ? internalGroup(seed, link, name) : null,
    databaseIds: {
      sqlServer: firstDatabaseIds.sqlServer + index,
      managedInstance: firstDatabaseIds.managedInstance + index,
    },
    physicalNames: { sqlServer: name, managedInstance: guid(seed, 'physical database', link, name) },
    sizeBytes: (48 + ((variation[0] ?? 0) % 32)) * gibibyte,
    logBaseBytes: 200 * gibibyte,
    logBytesPerSecond: (400 + (variation[1] ?? 0)) * 1024,
  };
}
