import type { EventEmitter } from 'node:events';

/** What the driver makes to read an answer's tokens (tedious lib/token/token-stream-parser.js). */
interface TokenParser extends EventEmitter {
  readonly parser: EventEmitter;
}

/** The parts of tedious' connection that are guarded (tedious lib/connection.js). */
export interface DriverConnection extends EventEmitter {
  close(): void;
  readonly closed: boolean;
  /** The answer being read is a stream of its own; neither is there before something has been received. */
  readonly messageIo?: { readonly incomingMessageStream: { readonly currentMessage?: { destroy(): void } } };
  sendLogin7Packet(): void;
  createTokenStreamParser(message: unknown, handler: unknown): TokenParser;
}

export interface GuardOptions {
  /** The login must not leave before TLS is up inside the prelogin exchange. */
  readonly mustEncrypt: boolean;
  /** Called when an answer is not valid TDS. */
  readonly onFault: (error: Error) => void;
}

/** Ends what the driver still waits for; nothing that the server sent before reaches the driver any more. */
export type ReleaseDriver = (error: Error) => void;

/**
 * Closes two holes of tedious 19, on the one connection given, before it connects:
 * an answer that is not valid TDS is an unhandled event there, which ends the process; and a server, or someone in
 * between, that says it can't encrypt gets the login, with the password, in clear.
 * Throws when the driver does not look as expected any more: without the guard it must not be used.
 */
export function guardDriver(connection: DriverConnection, { mustEncrypt, onFault }: GuardOptions): ReleaseDriver {
  for (const method of ['sendLogin7Packet', 'createTokenStreamParser'] as const) {
    if (typeof connection[method] !== 'function') throw new Error(`the driver has no ${method}: it can't be guarded`);
  }
  if (mustEncrypt) refuseUnencryptedLogin(connection);
  return guardAnswers(connection, onFault);
}

function refuseUnencryptedLogin(connection: DriverConnection): void {
  const sendLogin = connection.sendLogin7Packet.bind(connection);
  let isEncrypted = false;
  connection.on('secure', () => {
    isEncrypted = true;
  });
  // A gateway may send the client on to another address: that connection starts in clear again.
  connection.on('rerouting', () => {
    isEncrypted = false;
  });
  connection.sendLogin7Packet = () => {
    if (!isEncrypted) throw Object.assign(new Error('the server does not offer encryption'), { code: 'EENCRYPT' });
    sendLogin();
  };
}

function guardAnswers(connection: DriverConnection, onFault: (error: Error) => void): ReleaseDriver {
  const create = connection.createTokenStreamParser.bind(connection);
  const pending = new Set<(error: Error) => void>();
  let isReleased = false;
  const fault = (cause: unknown): void => {
    if (!isReleased) onFault(invalidAnswer(cause));
  };

  connection.createTokenStreamParser = (message, handler) => {
    const parser = create(message, handler);
    // A token handler that throws, on a token that has no place in the answer, ends up here too.
    parser.parser.on('error', fault);
    const emit = parser.emit.bind(parser);
    // The end of an answer that nobody waits for any more would be taken for that of a request that is gone.
    parser.emit = (event, ...values) => !isReleased && emit(event, ...values);
    // Logging in waits for this parser's end without heeding the driver's own time limit. So does a cancellation, but an
    // error there would end the process.
    if (!isOfCancellation(handler)) pending.add((error) => parser.listenerCount('error') > 0 && emit('error', error));
    parser.once('end', () => pending.clear());
    return parser;
  };
  return (error) => {
    isReleased = true;
    for (const end of pending) end(error);
    pending.clear();
    // Half an answer: the driver waits for its end before it heeds anything else, its own time limit included.
    connection.messageIo?.incomingMessageStream.currentMessage?.destroy();
  };
}

/** tedious' AttentionTokenHandler (lib/token/handler.js). */
function isOfCancellation(handler: unknown): boolean {
  return typeof handler === 'object' && handler !== null && 'attentionReceived' in handler;
}

function invalidAnswer(cause: unknown): Error {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return Object.assign(new Error(`the answer is not valid TDS: ${detail}`), { code: 'EPARSE' });
}
