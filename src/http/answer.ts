import type { Response } from 'express';
import type { MadeAnswer } from './load/kept-answers.ts';
import type { Untaken } from './load/untaken.ts';

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
  response.once('close', () => gone.abort());
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
  response.setHeader('Content-Length', body.length);
  response.end(body);
  untaken.add(response, [body]);
}

function answerBody(response: Response, contentType: string, text: string): void {
  const body = Buffer.from(text);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
