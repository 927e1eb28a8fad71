/** The answer is longer than anything that Azure sends. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

export interface BodyLimits {
  /** Of the text as it is after decompression. */
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * The text of a body. Rejects with BodyTooLargeError, with the stream's own error, or when the signal aborts: a connection
 * that ends within compressed data ends no stream.
 */
export async function readBody(body: NodeJS.ReadableStream | undefined, limits: BodyLimits): Promise<string> {
  if (body === undefined) return '';
  const { maximumBytes, signal } = limits;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  let length = 0;
  const end = (error?: Error): void => {
    signal.removeEventListener('abort', onAbort);
    if (error === undefined) {
      resolve(Buffer.concat(chunks).toString());
      return;
    }
    reject(error);
    if ('destroy' in body && typeof body.destroy === 'function') body.destroy();
  };
  const onAbort = (): void => end(new Error('no whole answer within the time limit'));
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  body.on('data', (chunk: Buffer | string) => {
    length += chunk.length;
    if (length > maximumBytes) end(new BodyTooLargeError(`the answer is longer than ${maximumBytes} bytes`));
    else chunks.push(Buffer.from(chunk));
  });
  body.on('end', () => end());
  body.on('error', (error) => end(error));
  body.on('close', () => end(new Error('the connection ended within the answer')));
  return promise;
}
