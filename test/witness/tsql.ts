import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { EndName } from '../../src/simulator/world/topology.ts';
import { asTsql, type ResultSet } from './result-set.ts';
import type { ServerError } from './server-error.ts';
import type { WitnessPair } from './witness-pair.ts';

const versionLine = /^using TDS version ([\d.]+)\n/gm;
const fieldDelimiter = ' ¦ ';

/** Batches for one login; the account and the database are the pair's usual ones unless given. */
export interface TsqlRun {
  readonly end: EndName;
  readonly batches: readonly string[];
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

/** What FreeTDS' tsql printed, and the messages that it reported. */
export interface TsqlAnswer {
  readonly printed: string;
  readonly errors: readonly ServerError[];
  /** Such as `7.4`; empty when it did not get in. */
  readonly tdsVersion: string;
  /** Everything else on standard error, for messages that are not the server's. */
  readonly complaints: string;
}

/** Runs batches in one process of tsql. Rejects when the program is missing. */
export async function runTsql(witness: WitnessPair, run: TsqlRun): Promise<TsqlAnswer> {
  const { end, batches, user = 'milink', password = 'milink-demo', database = 'master' } = run;
  const login = ['-S', end, '-U', user, '-P', password, '-D', database];
  const child = spawn('tsql', [...login, '-o', 'qv', '-t', fieldDelimiter], {
    env: { PATH: process.env.PATH, FREETDSCONF: witness.freeTdsFile, LC_ALL: 'C.UTF-8' },
  });
  const failed = once(child, 'error').then(([error]: unknown[]) => {
    throw new Error('tsql does not start: it is in the Debian package freetds-bin', { cause: error });
  });
  // A login that is refused ends the program before it reads its input.
  child.stdin.on('error', () => {});
  child.stdin.end(batches.map((batch) => `${batch}\ngo\n`).join(''));
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const [printed, said] = await Promise.race([ended, failed]);
  const tdsVersion = [...said.matchAll(versionLine)].at(-1)?.[1] ?? '';
  const complaints = said.replaceAll(versionLine, '').trim();
  return { printed, errors: errorsIn(complaints), tdsVersion, complaints };
}

/** What tsql should print of these result sets, one after another. */
export function tsqlText(results: readonly ResultSet[]): string {
  const lines = results.flatMap(({ columns, rows }) => [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, type], index) => asTsql(type, row[index] ?? null))),
  ]);
  return lines.map((fields) => `${fields.join(fieldDelimiter)}\n`).join('');
}

function errorsIn(complaints: string): readonly ServerError[] {
  const pattern = /^Msg (\d+) \(severity (\d+), state (\d+)\) from \S+(?: Procedure \S+)? Line (\d+):\n\t"(.*)"$/gm;
  return [...complaints.matchAll(pattern)].map(([, number, severity, state, line, message]) => ({
    number: Number(number),
    severity: Number(severity),
    state: Number(state),
    line: Number(line),
    message: message ?? '',
  }));
}
