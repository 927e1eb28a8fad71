import { setTimeout as wait } from 'node:timers/promises';
import type { Statement } from '../ast.ts';
import { conversion } from '../convert/convert.ts';
import { textType } from '../data-type.ts';
import { SqlError, sqlError } from '../errors/errors.ts';
import { unknownDatabase } from '../errors/name.ts';
import { formatMessage } from '../raise-text.ts';
import type { Stored } from '../storage.ts';
import { changeTransactions } from '../transaction.ts';
import { done, type Execution, evaluate, failed, information, type Step, type Value } from './execution.ts';

/** Enters a database: error 911 for an unknown one, 927 for one that is being restored. */
export async function* executeUse(execution: Execution, statement: Statement & { kind: 'use' }): Step {
  const { runtime } = execution;
  const { database, line } = statement;
  const found = [...runtime.instance.databases().values()].find(
    (each) => each.toLowerCase() === database.toLowerCase(),
  );
  if (found === undefined) return yield* failed(execution, [unknownDatabase(database, line)], line);
  if (isRestoring(execution, found)) {
    const message = `Database '${found}' cannot be opened. It is in the middle of a restore.`;
    return yield* failed(execution, [sqlError({ number: 927, class: 14, state: 2 }, message)], line);
  }
  yield { kind: 'database', from: runtime.database, to: found };
  runtime.database = found;
  yield information({ number: 5701, state: 2, message: `Changed database context to '${found}'.`, line });
  yield done(execution, null);
  return 'next';
}

/** sys.databases.state 1 is RESTORING: a link's secondary before its first failover, and while it is seeded. */
function isRestoring({ runtime }: Execution, database: string): boolean {
  if (!runtime.instance.tables.has('databases')) return false;
  return [...runtime.instance.rows('databases')].some(({ name, state }) => name === database && state === 1);
}

export async function* executePrint(execution: Execution, statement: Statement & { kind: 'print' }): Step {
  const result = yield* evaluate(execution, statement.expression, statement.line);
  if (typeof result === 'string') return result;
  yield information({ number: 0, message: textOf(result), line: statement.line });
  return 'next';
}

/** A value as a message shows it. */
function textOf({ value, type }: Value): string {
  const convert = conversion(type, textType(true, 'max'), { explicit: true, style: 0, line: 0 });
  return String((convert === null ? value : convert(value)) ?? '');
}

export async function* executeTransaction(execution: Execution, statement: Statement & { kind: 'transaction' }): Step {
  const { runtime } = execution;
  const { action, line } = statement;
  const variable = statement.name.startsWith('@') ? runtime.variables.get(statement.name.toLowerCase()) : undefined;
  const name = variable === undefined ? statement.name : String(variable.value ?? '');
  const result = changeTransactions(runtime, { action, name });
  if (result instanceof SqlError) return yield* failed(execution, [result], line);
  yield* result;
  yield done(execution, null);
  return 'next';
}

const delay = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?\s*$/;

/** WAITFOR DELAY, which an attention ends. */
export async function* executeWait(execution: Execution, statement: Statement & { kind: 'wait' }): Step {
  const result = yield* evaluate(execution, statement.duration, statement.line);
  if (typeof result === 'string') return result;
  const milliseconds = delayMilliseconds(result.value);
  if (milliseconds === null) {
    const message = `Incorrect time syntax in time string '${String(result.value)}' used with WAITFOR.`;
    return yield* failed(execution, [sqlError({ number: 148, class: 15 }, message)], statement.line);
  }
  try {
    await wait(milliseconds, undefined, { signal: execution.signal });
  } catch {
    return 'abort';
  }
  yield done(execution, null);
  return 'next';
}

function delayMilliseconds(value: Stored): number | null {
  const match = delay.exec(String(value));
  if (match === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

/** RAISERROR and THROW. */
export async function* executeRaise(execution: Execution, statement: Statement & { kind: 'raise' }): Step {
  const values: Value[] = [];
  for (const arg of statement.args) {
    const result = yield* evaluate(execution, arg, statement.line);
    if (typeof result === 'string') return result;
    values.push(result);
  }
  return statement.how === 'THROW'
    ? yield* thrown(execution, statement.line, values)
    : yield* raised(execution, statement.line, values);
}

async function* thrown(execution: Execution, line: number, [number, message, state]: readonly Value[]): Step {
  const wanted = Number(number?.value ?? 0);
  if (wanted < 50_000 || wanted > 2_147_483_647) {
    const text = `Error number ${wanted} in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.`;
    return yield* failed(execution, [sqlError({ number: 35_100, state: 10 }, text)], line);
  }
  const text = message === undefined ? '' : textOf(message);
  return yield* failed(execution, [sqlError({ number: wanted, state: Number(state?.value ?? 1) }, text)], line);
}

/** Severity up to 10 is a message; 19 and more need a right that this login hasn't (2754). */
async function* raised(execution: Execution, line: number, values: readonly Value[]): Step {
  const [first, severity, state, ...args] = values;
  const level = Number(severity?.value ?? 0);
  if (level > 18) {
    const message =
      'Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the WITH LOG option.';
    return yield* failed(execution, [sqlError({ number: 2754, reach: 'statement' }, message)], line);
  }
  const template = first === undefined ? '' : textOf(first);
  const message = formatMessage(template, args.map(textOf));
  const error = sqlError(
    { number: 50_000, class: Math.max(level, 0), state: Number(state?.value ?? 1), reach: 'statement' },
    message,
  );
  if (level > 10) return yield* failed(execution, [error], line);
  yield { kind: 'message', message: { ...error.info, line } };
  return 'next';
}
