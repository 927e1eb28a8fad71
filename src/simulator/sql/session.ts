import type { ConnectedSession } from '../connected-session.ts';
import type { Instance } from '../instance.ts';
import type { BatchEvent, BatchParameter, NamedCall, Session } from '../session.ts';
import type { Statement } from './ast.ts';
import { SqlError } from './errors/errors.ts';
import { executeBatch, executeBatches } from './execute/batch.ts';
import type { Client, Runtime, Variable } from './runtime.ts';
import { optionsAtLogin } from './session-options.ts';
import { createSqliteEngine } from './sqlite-engine.ts';
import { fromStored, toStored } from './storage.ts';
import { changeTransactions, endTransactions, noTransactions } from './transaction.ts';

/** A session of the SQL engine, which sys.dm_exec_sessions shows as it is at the moment. */
export interface SqlSession extends Required<Session> {
  facts(): ConnectedSession;
}

const nobody: Client = { hostName: '', applicationName: '', interfaceName: '', driverVersion: 0, processId: 0 };
const firstSessionId = 1001;

/**
 * A session that executes T-SQL over an instance's tables. `database` is one that exists. A batch never throws: what is
 * wrong with it, or not simulated (40514), is an `error` event; those of a statement that lets the batch go on are
 * followed by its `done`. Batches of one session run one after another.
 */
export function createSqlSession(options: {
  readonly instance: Instance;
  readonly login: string;
  readonly database: string;
  /** `@@SPID`; without a connection any one. */
  readonly id?: number;
  readonly client?: Client;
  readonly onClose?: () => void;
}): SqlSession {
  const { instance, login, database, id = firstSessionId, client = nobody, onClose } = options;
  const runtime: Runtime = {
    instance,
    login,
    client,
    database,
    engine: createSqliteEngine(),
    sessionId: id,
    variables: new Map(),
    rowCount: 0,
    errorNumber: 0,
    transactions: noTransactions(),
    options: optionsAtLogin(),
    formatOnly: false,
    nowMilliseconds: instance.nowMilliseconds(),
  };
  const request = {
    loginMilliseconds: runtime.nowMilliseconds,
    startMilliseconds: runtime.nowMilliseconds,
    isRunning: false,
  };
  async function* watched(run: () => AsyncIterable<BatchEvent>): AsyncGenerator<BatchEvent> {
    Object.assign(request, { isRunning: true, startMilliseconds: instance.nowMilliseconds() });
    try {
      yield* run();
    } finally {
      request.isRunning = false;
    }
  }
  return {
    get database() {
      return runtime.database;
    },
    execute: (text, parameters, signal) => watched(() => execute(runtime, { text, parameters, signal })),
    call: (call, signal) => watched(() => callProcedure(runtime, call, signal)),
    transact: (change) => {
      const result = changeTransactions(runtime, change);
      return result instanceof SqlError ? [{ kind: 'error', error: { ...result.info, line: 1 } }] : result;
    },
    reset: (keepsTransaction) => reset(runtime, { database, keepsTransaction }),
    facts: () => ({
      ...client,
      login,
      database: runtime.database,
      ...request,
      options: runtime.options,
      openTransactions: runtime.transactions.count,
      previousError: runtime.errorNumber,
      rowCount: runtime.rowCount,
    }),
    close: () => {
      onClose?.();
      runtime.engine.close();
    },
  };
}

/** sp_reset_connection: what the last user of a pooled connection left behind is gone. */
function reset(runtime: Runtime, to: { readonly database: string; readonly keepsTransaction: boolean }): void {
  if (!to.keepsTransaction) endTransactions(runtime, 'rollback');
  const options = optionsAtLogin();
  Object.assign(runtime, { database: to.database, options, formatOnly: false, rowCount: 0, errorNumber: 0 });
}

interface Request {
  readonly text: string;
  readonly parameters: readonly BatchParameter[];
  readonly signal: AbortSignal;
}

async function* execute(runtime: Runtime, { text, parameters, signal }: Request): AsyncGenerator<BatchEvent> {
  const variables = variablesOf(parameters);
  runtime.variables = new Map(variables);
  let last: BatchEvent | null = null;
  for await (const event of executeBatches(runtime, { text, variables, signal, depth: 0 })) {
    last = event;
    yield event;
  }
  // After an error that ended the batch there are no output parameters.
  if (last?.kind !== 'error') yield* outputsOf(runtime, parameters);
}

/** EXEC with variables in the place of the parameters. */
async function* callProcedure(runtime: Runtime, call: NamedCall, signal: AbortSignal): AsyncGenerator<BatchEvent> {
  const parameters = call.parameters.map((parameter, at) => ({ ...parameter, name: `@${at}` }));
  const args = call.parameters.map(({ name, isOutput = false, isDefault = false }, at) => ({
    name: name === '' ? null : name,
    value: { kind: 'variable', name: `@${at}`, line: 1 } as const,
    isOutput,
    isDefault,
  }));
  const result = '@result';
  const statement: Statement = { kind: 'execute', procedure: call.procedure, args, result, line: 1 };
  const variables = variablesOf([...parameters, { name: result, type: { name: 'int' }, value: 0 }]);
  yield* executeBatch(runtime, { text: '', variables, signal, depth: 0 }, [statement]);
  yield { kind: 'status', value: Number(runtime.variables.get(result)?.value ?? 0) };
  for (const output of outputsOf(runtime, parameters)) {
    yield { ...output, name: call.parameters[output.ordinal]?.name ?? '' };
  }
}

function outputsOf(runtime: Runtime, parameters: readonly BatchParameter[]): (BatchEvent & { kind: 'output' })[] {
  return parameters.flatMap(({ name, isOutput }, ordinal) => {
    const variable = runtime.variables.get(name.toLowerCase());
    if (isOutput !== true || variable === undefined) return [];
    const { type } = variable;
    return [{ kind: 'output' as const, ordinal, name, type, value: fromStored(type)(variable.value) }];
  });
}

function variablesOf(parameters: readonly BatchParameter[]): ReadonlyMap<string, Variable> {
  return new Map(
    parameters.map(({ name, type, value }) => [name.toLowerCase(), { type, value: toStored(type)(value) }]),
  );
}
