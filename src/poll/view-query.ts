import type { ServerFacts } from '../model/server.ts';
import type { Connection } from '../sql/connection.ts';
import type { Tell } from '../views/entry.ts';
import type { ViewMemory } from './reading/view-memory.ts';

export interface ViewQuery {
  readonly connection: Connection;
  /** Null: not known yet. */
  readonly facts: ServerFacts | null;
  readonly memory: ViewMemory;
  /** The exporter's clock, Unix seconds. */
  readonly nowSeconds: number;
  /** Gets what of the answer is odd. */
  readonly tell: Tell;
  /** Ends the wait, and the connection with it. */
  readonly signal: AbortSignal;
  /** When it aborts the batch is cancelled, and the connection goes on if the server acknowledges that; null: never. */
  readonly limit: AbortSignal | null;
}
