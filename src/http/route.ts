import type { Request, Response } from 'express';
import type { TurnKind } from './load/turns.ts';

/** What a route may be asked with. HEAD stands beside GET: Node sends the answer's headers and leaves the body out. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT';

/** One place of the exporter: a file of `routes/` gives it, and a line in `routes/index.ts` makes it known. */
export interface Route {
  /** In Express' form, without the route prefix; also the label `handler` of the request metrics, so no name is in it. */
  readonly path: string;
  /** GET and HEAD unless given; any other is answered 405. */
  readonly methods?: readonly Method[];
  /**
   * GET and HEAD wait for a turn of this kind, which bounds what they take from the polls. Null: answered whatever else is
   * asked for; only for what costs next to nothing.
   */
  readonly turn: TurnKind | null;
  /** An error thrown, or a rejection, ends the request with 500. */
  readonly handle: Handler;
}

export type Handler = (request: Request, response: Response) => void | Promise<void>;
