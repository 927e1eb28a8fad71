import type sql from 'mssql';
import { answerFault } from './connect-error.ts';
import type { RawRecord } from './connection.ts';
import { type DriverColumn, typesOf } from './result-sets.ts';
import { typeTeller } from './told-types.ts';

/**
 * The rows of a batch that `keep` takes, seen one by one. In mssql's stream mode errors are events, and the promise
 * resolves all the same.
 */
export async function keptRows(
  request: sql.Request,
  batch: string,
  keep: (record: RawRecord) => boolean,
): Promise<readonly RawRecord[]> {
  const rows: RawRecord[] = [];
  const errors: unknown[] = [];
  let refusal: { readonly error: unknown } | null = null;
  let tell: ReturnType<typeof typeTeller> = null;
  request.stream = true;
  request.on('error', (error: unknown) => errors.push(error));
  request.on('recordset', (declared: Readonly<Record<string, DriverColumn>>) => {
    tell = typeTeller(typesOf(declared));
  });
  request.on('row', (came: RawRecord) => {
    if (refusal !== null) return;
    try {
      const row = tell === null ? came : tell(came);
      if (keep(row)) rows.push(row);
    } catch (error) {
      // Thrown on, it would end the process: this runs inside the driver.
      refusal = { error };
    }
  });
  await request.batch(batch).catch((error: unknown) => {
    throw answerFault(error);
  });
  if (errors.length > 0) throw answerFault(errors.at(-1));
  if (refusal !== null) throw (refusal as { error: unknown }).error;
  return rows;
}
