import type { Engine } from '../model/server.ts';
import type { Tell } from './entry.ts';
import { view } from './view.ts';

/** EngineEdition of an Azure SQL Managed Instance. */
const managedInstanceEdition = 8;

/** What the server is, and both of its clocks in one batch. SERVERPROPERTY gives sql_variant: cast, so that the types are plain. */
export const server = view({
  name: 'server',
  source: null,
  columns: {
    server_name: 'nvarchar null',
    engine_edition: 'int null',
    edition: 'nvarchar null',
    product_version: 'nvarchar null',
    collation: 'nvarchar null',
    is_hadr_enabled: 'int null',
    product_update_type: 'nvarchar null',
    local_time: 'datetime2 null',
    utc_time: 'datetime2 null',
  },
  expressions: {
    server_name: 'CAST(@@SERVERNAME AS nvarchar(256))',
    engine_edition: "CAST(SERVERPROPERTY('EngineEdition') AS int)",
    edition: "CAST(SERVERPROPERTY('Edition') AS nvarchar(128))",
    product_version: "CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128))",
    collation: "CAST(SERVERPROPERTY('Collation') AS nvarchar(128))",
    is_hadr_enabled: "CAST(SERVERPROPERTY('IsHadrEnabled') AS int)",
    product_update_type: "CAST(SERVERPROPERTY('ProductUpdateType') AS nvarchar(128))",
    local_time: 'SYSDATETIME()',
    utc_time: 'SYSUTCDATETIME()',
  },
  lengths: { server_name: 256 },
  oneOf: ['engine_edition', 'edition'],
  parse: (record, { nowSeconds = 0, tell = () => undefined }) => {
    const engine = engineOf(record, tell);
    if (engine === null) return null;
    const { utc_time: utc, local_time: local, product_version: version } = record;
    return {
      serverName: record.server_name ?? '',
      engine,
      edition: record.edition ?? '',
      version: version ?? '',
      majorVersion: Number.parseInt(version ?? '', 10) || 0,
      collation: record.collation,
      isHadrEnabled: record.is_hadr_enabled === null ? null : record.is_hadr_enabled === 1,
      updateType: record.product_update_type,
      utcTimestampSeconds: utc === null ? nowSeconds : utc.getTime() / 1000,
      ...(utc === null ? { isClockRead: false } : {}),
      localOffsetSeconds:
        utc === null || local === null ? null : wholeMinutes((local.getTime() - utc.getTime()) / 1000),
    };
  },
});

/** The two clocks are read a moment apart, and time zones are whole minutes from UTC. */
function wholeMinutes(seconds: number): number {
  return Math.round(seconds / 60) * 60 + 0;
}

/** What Azure's databases call their edition, and how the names of SQL Server's editions go (SERVERPROPERTY). */
const azureEdition = 'SQL Azure';
const sqlServerEdition = /\bEdition\b/;

interface Edition {
  readonly engine_edition: number | null;
  readonly edition: string | null;
}

/** Null where neither the number nor the name of the edition can be read: what is asked depends on it. */
function engineOf({ engine_edition: number, edition }: Edition, tell: Tell): Engine | null {
  if (number !== null) return number === managedInstanceEdition ? 'managed_instance' : 'sql_server';
  const isAzure = edition === azureEdition;
  if (!isAzure && !sqlServerEdition.test(edition ?? '')) return null;
  tell({ name: 'engine_edition', type: 'int' }, 'told_otherwise', 'edition');
  return isAzure ? 'managed_instance' : 'sql_server';
}
