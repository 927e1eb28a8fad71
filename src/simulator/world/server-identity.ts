import { withoutTrailing } from '../without-trailing.ts';
import type { PerEnd, ServerIdentity } from './topology.ts';

const mirroringPort = 5022;
const collation = 'SQL_Latin1_General_CP1_CI_AS';

/** SQL Server's major versions that the link supports: 2016 to 2025. */
export type SqlServerMajor = 13 | 14 | 15 | 16 | 17;

/** A cumulative update of each version that supports the link. */
const productVersions: Readonly<Record<SqlServerMajor, string>> = {
  13: '13.0.7000.253',
  14: '14.0.3490.10',
  15: '15.0.4312.2',
  16: '16.0.4175.1',
  17: '17.0.1000.7',
};

const productLevels: Readonly<Record<SqlServerMajor, string>> = {
  13: 'SP3',
  14: 'RTM',
  15: 'RTM',
  16: 'RTM',
  17: 'RTM',
};

/** What the two servers are called and how their clocks stand; the default is a SQL Server 2022 two hours ahead of UTC. */
export interface ServerOptions {
  readonly sqlServerMajor?: SqlServerMajor;
  /** Short name of SQL Server's machine. */
  readonly sqlServerName?: string;
  /** Short name of the managed instance, as in its endpoint URL. */
  readonly managedInstanceName?: string;
  /** The part of the managed instance's name that Azure adds. */
  readonly dnsZone?: string;
  readonly localOffsetMinutes?: Partial<PerEnd<number>>;
  readonly clockSkewMilliseconds?: Partial<PerEnd<number>>;
}

/** Who the two servers are. */
export function serverIdentities(options: ServerOptions): PerEnd<ServerIdentity> {
  return { sqlServer: sqlServerNode(options, 0), managedInstance: managedInstance(options) };
}

/** A SQL Server; further nodes are numbered on from the first one's name. */
export function sqlServerNode(options: ServerOptions, node: number): ServerIdentity {
  const major = options.sqlServerMajor ?? 16;
  const name = nodeName(options.sqlServerName ?? 'sql-prod-01', node);
  const hostName = `${name}.corp.example`;
  const localOffsetMinutes = options.localOffsetMinutes?.sqlServer ?? 120;
  return {
    end: 'sqlServer',
    node,
    serverName: name.toUpperCase(),
    hostName,
    endpointUrl: `tcp://${hostName}:${mirroringPort}`,
    version: { managedInstance: false, major },
    productVersion: productVersions[major],
    productLevel: productLevels[major],
    edition: 'Enterprise Edition: Core-based Licensing (64-bit)',
    engineEdition: 3,
    compatibilityLevel: major * 10,
    collation,
    localOffsetMinutes,
    timeZoneId: timeZoneId(localOffsetMinutes),
    clockSkewMilliseconds: options.clockSkewMilliseconds?.sqlServer ?? 0,
  };
}

/** A further node beside the first one of SQL Server's. */
export function sqlServerNodeAfter(first: ServerIdentity, node: number): ServerIdentity {
  const name = nodeName(first.hostName.split('.')[0] ?? '', node);
  const hostName = first.hostName.replace(/^[^.]*/, name);
  return {
    ...first,
    node,
    serverName: name.toUpperCase(),
    hostName,
    endpointUrl: `tcp://${hostName}:${mirroringPort}`,
  };
}

function managedInstance(options: ServerOptions): ServerIdentity {
  const name = options.managedInstanceName ?? 'mi-prod';
  const hostName = `${name}.${options.dnsZone ?? '0123abcd'}.database.windows.net`;
  const localOffsetMinutes = options.localOffsetMinutes?.managedInstance ?? 0;
  return {
    end: 'managedInstance',
    node: 0,
    serverName: hostName,
    hostName,
    endpointUrl: `tcp://${hostName}:${mirroringPort};Server=[${name}]`,
    version: { managedInstance: true, major: 12 },
    productVersion: '12.0.2000.8',
    productLevel: 'RTM',
    edition: 'SQL Azure',
    productUpdateType: 'CU',
    engineEdition: 8,
    compatibilityLevel: 160,
    collation,
    localOffsetMinutes,
    timeZoneId: timeZoneId(localOffsetMinutes),
    clockSkewMilliseconds: options.clockSkewMilliseconds?.managedInstance ?? 0,
  };
}

function nodeName(first: string, node: number): string {
  if (node === 0) return first;
  const digits = first.slice(withoutTrailing(first, '0123456789').length);
  return `${first.slice(0, first.length - digits.length)}${String(Number(digits || '1') + node).padStart(digits.length, '0')}`;
}

/** Windows' names of zones, which CURRENT_TIMEZONE_ID() gives; only for show, the offset is what counts. */
function timeZoneId(offsetMinutes: number): string {
  switch (offsetMinutes) {
    case 0:
      return 'UTC';
    case 60:
    case 120:
      return 'W. Europe Standard Time';
    case -300:
      return 'Eastern Standard Time';
    case 330:
      return 'India Standard Time';
    default:
      return `UTC${offsetMinutes < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(offsetMinutes) / 60)).padStart(2, '0')}`;
  }
}
