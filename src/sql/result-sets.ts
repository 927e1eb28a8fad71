import type sql from 'mssql';
import { isStatementError } from './classify-error.ts';
import { answerFault } from './connect-error.ts';
import type { DeclaredColumn, RawRecord, ResultSet, StatementError } from './connection.ts';
import { typeTeller } from './told-types.ts';

/** What mssql tells of a column in its stream mode (lib/tedious/request.js, createColumns). */
export interface DriverColumn {
  readonly index: number;
  readonly name: string;
  readonly type?: { readonly name?: string; readonly declaration?: string } | undefined;
  readonly length?: number | null;
  readonly precision?: number | null;
  readonly scale?: number | null;
  readonly nullable?: boolean;
}

/**
 * The result sets of a batch, each told when it is whole: once the server counted its rows, began the next, or ended the
 * batch, and no error came in between. In mssql's stream mode errors are events, and the promise resolves all the same.
 * Throws on anything but a statement that was refused.
 */
export async function resultSets(
  request: sql.Request,
  batch: string,
  onResult: (result: ResultSet) => void,
): Promise<readonly StatementError[]> {
  let [columns, records]: [Readonly<Record<string, DriverColumn>> | null, RawRecord[]] = [null, []];
  let tell: ReturnType<typeof typeTeller> = null;
  const errors: unknown[] = [];
  const end = (): void => {
    if (columns !== null) onResult(resultOf(columns, records));
    [columns, records] = [null, []];
  };
  request.stream = true;
  request.on('error', (error: unknown) => {
    errors.push(error);
    [columns, records] = [null, []];
  });
  request.on('recordset', (declared: Readonly<Record<string, DriverColumn>>) => {
    end();
    columns = declared;
    tell = typeTeller(typesOf(declared));
  });
  request.on('row', (row: RawRecord) => {
    if (columns !== null) records.push(tell === null ? row : tell(row));
  });
  request.on('rowsaffected', end);
  await request.batch(batch).catch((error: unknown) => {
    throw answerFault(error);
  });
  end();
  const fatal = errors.find((error) => !isStatementError(error));
  if (fatal !== undefined) throw answerFault(fatal);
  return errors.map((error) => ({ error, line: lineOf(error) }));
}

/** Its columns are put together when somebody asks for them, which is hardly ever. */
function resultOf(declared: Readonly<Record<string, DriverColumn>>, records: readonly RawRecord[]): ResultSet {
  return {
    get columns() {
      return declaredColumns(declared);
    },
    names: Object.keys(declared),
    records,
  };
}

/** Each column with its type as the server declares it. */
export function typesOf(declared: Readonly<Record<string, DriverColumn>>): ReturnType<typeof typed>[] {
  return Object.values(declared).map(typed);
}

function typed({ name, type }: DriverColumn): Pick<DeclaredColumn, 'name' | 'type'> {
  return { name, type: (type?.declaration ?? type?.name ?? 'unknown').toLowerCase() };
}

function declaredColumns(declared: Readonly<Record<string, DriverColumn>>): readonly DeclaredColumn[] {
  return Object.values(declared).map(declaredColumn);
}

function declaredColumn(column: DriverColumn): DeclaredColumn {
  const { length, precision, scale, nullable } = column;
  return {
    ...typed(column),
    length: length ?? null,
    precision: precision ?? null,
    scale: scale ?? null,
    isNullable: nullable === true,
  };
}

function lineOf(error: unknown): number {
  const line = typeof error === 'object' && error !== null && 'lineNumber' in error ? error.lineNumber : 0;
  return typeof line === 'number' ? line : 0;
}
