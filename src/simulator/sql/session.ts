import type { Instance } from '../instance.ts';
import type { BatchEvent, BatchParameter, Session } from '../session.ts';
import { executeBatches } from './batch.ts';
import type { Runtime, Variable } from './runtime.ts';
import { createSqliteEngine } from './sqlite-engine.ts';
import { toStored } from './storage.ts';

/** Session ids up to 50 are the server's own; the first thousand are those of the world's applications. */
const firstSessionId = 1001;
let nextSessionId = firstSessionId;

/**
 * A session that executes T-SQL over an instance's tables. `database` is one that exists. A batch never throws: what is
 * wrong with it, or not simulated (40514), is an `error` event; those of a statement that lets the batch go on are
 * followed by its `done`. Batches of one session run one after another.
 */
export function createSqlSession(options: {
  readonly instance: Instance;
  readonly login: string;
  readonly database: string;
  /** As the client named them; without a client there are none. */
  readonly hostName?: string;
  readonly applicationName?: string;
}): Session & { readonly id: number } {
  const runtime: Runtime = {
    ...options,
    engine: createSqliteEngine(),
    sessionId: nextSessionId,
    variables: new Map(),
    rowCount: 0,
    errorNumber: 0,
    transactions: 0,
    noCount: false,
    quotedIdentifiers: true,
    nowMilliseconds: options.instance.nowMilliseconds(),
  };
  nextSessionId = nextSessionId >= 32_767 ? firstSessionId : nextSessionId + 1;
  return {
    id: runtime.sessionId,
    get database() {
      return runtime.database;
    },
    execute: (text, parameters, signal): AsyncIterable<BatchEvent> =>
      executeBatches(runtime, { text, variables: variablesOf(parameters), signal, depth: 0 }),
    close: () => runtime.engine.close(),
  };
}

function variablesOf(parameters: readonly BatchParameter[]): ReadonlyMap<string, Variable> {
  return new Map(
    parameters.map(({ name, type, value }) => [name.toLowerCase(), { type, value: toStored(type)(value) }]),
  );
}
