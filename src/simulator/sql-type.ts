/**
 * A SQL Server data type as the simulator declares columns, types expressions and describes them on the wire
 * (MS-TDS 2.2.5.4). Lengths are in characters for nvarchar and in bytes for varchar and varbinary.
 */
export type SqlType =
  | {
      readonly name:
        | 'bit'
        | 'tinyint'
        | 'smallint'
        | 'int'
        | 'bigint'
        | 'float'
        | 'date'
        | 'datetime'
        | 'uniqueidentifier';
    }
  | { readonly name: 'datetime2' | 'datetimeoffset' | 'time'; readonly scale: number }
  | { readonly name: 'numeric'; readonly precision: number; readonly scale: number }
  | { readonly name: 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'varbinary'; readonly length: number | 'max' };

/**
 * A value as it travels between the tables, the SQL engine and the wire. One JavaScript shape per SQL type:
 * bit boolean; tinyint, smallint, int, float number; bigint bigint; numeric decimal text such as `-12.50`;
 * text types string; varbinary Uint8Array; uniqueidentifier upper-case text with dashes;
 * date, time, datetime, datetime2 zoneless ISO text (`2026-11-21T10:30:00.003`, as many digits as the type has);
 * datetimeoffset ISO text with its offset. SQL's NULL is null.
 */
export type SqlValue = boolean | number | bigint | string | Uint8Array | null;

/** One column of a result set or of a simulated view. */
export interface ColumnType {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}
