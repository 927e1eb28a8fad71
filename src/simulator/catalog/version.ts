import type { Since, Table } from './table.ts';

/** Brought by SQL Server 2017, and present on a managed instance. */
export const since2017: Since = { major: 14, managedInstance: true };
/** Brought by SQL Server 2019, and present on a managed instance. */
export const since2019: Since = { major: 15, managedInstance: true };
/** Brought by SQL Server 2022, and present on a managed instance. */
export const since2022: Since = { major: 16, managedInstance: true };
/** No SQL Server has it, only a managed instance. */
export const managedInstanceOnly: Since = { major: Number.POSITIVE_INFINITY, managedInstance: true };

/** What decides which views and columns a server has. `major` is SQL Server's (13 is 2016); a managed instance goes by its engine. */
export interface EngineVersion {
  readonly managedInstance: boolean;
  readonly major: number;
}

/** The tables that a version has, each with only the columns that it has, by lower-case name. */
export function tablesOf(version: EngineVersion, all: readonly Table[]): ReadonlyMap<string, Table> {
  return new Map(
    all
      .filter((table) => exists(table.since, version))
      .map((table) => [
        table.name,
        { ...table, columns: table.columns.filter((column) => exists(column.since, version)) },
      ]),
  );
}

function exists(since: Since | undefined, version: EngineVersion): boolean {
  if (since === undefined) {
    return true;
  }
  return version.managedInstance ? since.managedInstance : version.major >= since.major;
}
