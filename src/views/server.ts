import { view } from './view.ts';

/** EngineEdition of an Azure SQL Managed Instance. */
const managedInstanceEdition = 8;

/** What the server is, and both of its clocks in one batch. SERVERPROPERTY gives sql_variant: cast, so that the types are plain. */
export const server = view({
  name: 'server',
  source: null,
  columns: {
    server_name: 'nvarchar null',
    engine_edition: 'int',
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
  parse: (record, { nowSeconds = 0 }) => {
    const { utc_time: utc, local_time: local, product_version: version } = record;
    return {
      serverName: record.server_name ?? '',
      engine: record.engine_edition === managedInstanceEdition ? 'managed_instance' : 'sql_server',
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
