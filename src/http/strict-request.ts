import type { NextFunction, Request, Response } from 'express';
import { answerText } from './answer.ts';

/** Nothing here reads a body; what a form or a careless client may send along is let be. */
const maximumBodyBytes = 64 * 1024;

/** Refuses what Node lets through and another server on the way may read in another way, and ends bodies without end. */
export function strictRequests(request: Request, response: Response, next: NextFunction): void {
  const wrong = whatIsWrong(request);
  endLargeBody(request);
  if (wrong === null) next();
  else {
    // What follows on this connection may be a part of this request.
    if (request.httpVersionMajor < 2) response.setHeader('Connection', 'close');
    answerText(response, 400, `bad request: ${wrong}\n`);
  }
}

function whatIsWrong({ httpVersion, httpVersionMajor, rawHeaders }: Request): string | null {
  if (httpVersionMajor < 1) return `HTTP/${httpVersion} is not spoken here`;
  const valuesOf = (wanted: string): readonly string[] =>
    rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
  if (valuesOf('host').length > 1) return 'more than one Host';
  const [encoding, ...others] = valuesOf('transfer-encoding');
  if (encoding === undefined) return null;
  return others.length === 0 && encoding.toLowerCase() === 'chunked' ? null : 'Transfer-Encoding is not chunked';
}

function endLargeBody(request: Request): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maximumBodyBytes) return;
    // A request of HTTP/2 ends alone, not with its connection.
    if ('stream' in request) (request.stream as { destroy: () => void }).destroy();
    else request.socket.destroy();
  });
}
