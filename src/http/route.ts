import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import type { MadeAnswer, Untaken } from './load/answers.ts';
import type { TurnKind } from './load/turns.ts';

/** What a route may be asked with. HEAD stands beside GET: Node sends the answer's headers and leaves the body out. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT';

/** One place of the exporter: a file of `routes/` or a page of `status/` gives it, and a line in `routes/index.ts` makes it known. */
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

type Handler = (request: Request, response: Response) => void | Promise<void>;

/** Answers with a short text, its line break included. */
export function answerText(response: Response, code: number, text: string): void {
  response.statusCode = code;
  answerBody(response, 'text/plain; charset=utf-8', text);
}

/** Tells at once that it is too much now: whoever asks can ask again. */
export function answerBusy(response: Response, text: string): void {
  response.setHeader('Retry-After', 1);
  answerText(response, 503, text);
}

/** Aborts when the client does not wait for the answer any more, or has it. */
export function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  // Nobody asks why: without a reason each answer would make an error with its stack.
  response.once('close', () => gone.abort(null));
  return gone.signal;
}

/** A page for people, which `contentSecurityPolicy` holds to itself. It shows the present: nobody may keep it. */
export function htmlAnswer(html: string, contentSecurityPolicy: string, code = 200): MadeAnswer {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy,
    // Not `no-referrer`: a form's Origin would be null then (WHATWG Fetch 3.2), and its own page another site's.
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    'Content-Type': 'text/html; charset=utf-8',
  };
  return { code, headers, body: Buffer.from(html) };
}

/** A short text that nobody may keep. */
export function textAnswer(text: string): MadeAnswer {
  const headers = { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain; charset=utf-8' };
  return { code: 200, headers, body: Buffer.from(text) };
}

/** An answer for programs. It shows the present: nobody may keep it. */
export function jsonAnswer(value: unknown): MadeAnswer {
  const headers = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json; charset=utf-8' };
  return { code: 200, headers, body: Buffer.from(JSON.stringify(value)) };
}

/** Hands an answer out, which counts as untaken until the client has it. */
export function answerMade(response: Response, untaken: Untaken, { code, headers, body }: MadeAnswer): void {
  response.statusCode = code;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  answerParts(response, untaken, [body]);
}

/** Answers with one body after the other. Of what is large, the same objects should be given to everybody. */
export function answerParts(response: Response, untaken: Untaken, parts: readonly Buffer[]): void {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  response.setHeader('Content-Length', bytes);
  untaken.add(response, parts);
  if (response.req.method === 'HEAD') return void response.end();
  // Cut off in the meantime.
  response.on('error', () => undefined);
  if (bytes <= wholeBytes && response.req.httpVersionMajor === 1) {
    // Node writes what is corked in one go: each write more would wait for a turn of the event loop.
    response.cork();
    for (const part of parts) response.write(part);
    return void response.end();
  }
  Readable.from(piecesOf(parts)).pipe(response);
}

/** What a connection of HTTP/1 is given at once. More would be encrypted at once too, and hold the loop. */
const wholeBytes = 1024 * 1024;

/** Node refuses further requests of an HTTP/2 session that it was given too much for: pieces follow as they are taken. */
const pieceBytes = 64 * 1024;

function* piecesOf(parts: readonly Buffer[]): Generator<Buffer> {
  for (const part of parts)
    for (let start = 0; start < part.length; start += pieceBytes) yield part.subarray(start, start + pieceBytes);
}

function answerBody(response: Response, contentType: string, text: string): void {
  const body = Buffer.from(text);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
