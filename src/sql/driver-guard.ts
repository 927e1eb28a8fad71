import { type DriverConnection, probeAnswers, probeConnection, type TlsState, tokenSource } from './driver-inside.ts';

export interface GuardOptions {
  /** The login must not leave before TLS is up inside the prelogin exchange. */
  readonly mustEncrypt: boolean;
  /** The login must not leave over TLS whose certificate was not verified, whatever the environment says of that. */
  readonly mustVerify: boolean;
  /** Called when an answer is not valid TDS. */
  readonly onFault: (error: Error) => void;
}

/** Ends what the driver still waits for; nothing that the server sent before reaches the driver any more. */
export type ReleaseDriver = (error: Error) => void;

/**
 * Closes three holes of tedious 19 and 20, on the one connection given, before it connects:
 * an answer that is not valid TDS is an unhandled event there, which ends the process; a server, or someone in between,
 * that says it can't encrypt gets the login, with the password, in clear; and with TDS 8 the certificate counts only
 * while NODE_TLS_REJECT_UNAUTHORIZED doesn't say otherwise.
 * Throws when the driver does not look as expected any more: without the guard it must not be used.
 */
export function guardDriver(connection: DriverConnection, options: GuardOptions): ReleaseDriver {
  probeConnection(connection);
  holdLogin(connection, options);
  return guardAnswers(connection, options.onFault);
}

function holdLogin(connection: DriverConnection, { mustEncrypt, mustVerify }: GuardOptions): void {
  const sendLogin = connection.sendLogin7Packet.bind(connection);
  let tunnel: TlsState | null = null;
  connection.on('secure', (cleartext: TlsState) => {
    tunnel = cleartext;
  });
  // A gateway may send the client on to another address: that connection starts in clear again.
  connection.on('rerouting', () => {
    tunnel = null;
  });
  connection.sendLogin7Packet = () => {
    if (mustEncrypt && tunnel === null) throw loginHeld('EENCRYPT', 'the server does not offer encryption');
    const { authorized, authorizationError } = tunnel ?? connection.socket ?? {};
    if (mustVerify && authorized !== true) {
      throw loginHeld('CERT_UNTRUSTED', `the server's certificate was not verified: ${authorizationError ?? 'no TLS'}`);
    }
    sendLogin();
  };
}

function loginHeld(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function guardAnswers(connection: DriverConnection, onFault: (error: Error) => void): ReleaseDriver {
  const create = connection.createTokenStreamParser.bind(connection);
  const pending = new Set<(error: Error) => void>();
  let isReleased = false;
  const fault = (cause: unknown): void => {
    if (!isReleased) onFault(invalidAnswer(cause));
  };

  connection.createTokenStreamParser = (message, handler) => {
    probeAnswers(connection);
    const parser = create(message, handler);
    const source = tokenSource(parser);
    const emit = parser.emit.bind(parser);
    // A token handler that throws, on a token that has no place in the answer, ends up here too.
    if (source !== parser) source.on('error', fault);
    // The end of an answer that nobody waits for any more would be taken for that of a request that is gone.
    parser.emit = (event, ...values) => {
      if (isReleased) return false;
      if (event !== 'error') return emit(event, ...values);
      // Not passed on: tedious 20.3.9's own listener throws when the batch had been cancelled before, and the process ends.
      fault(values[0]);
      return true;
    };
    // tedious 19: logging in waits for this parser's end without heeding the driver's own time limit. So does a cancellation,
    // but an error there would end the process. tedious 20 heeds close().
    if (source !== parser && !isOfCancellation(handler)) {
      pending.add((error) => parser.listenerCount('error') > 0 && emit('error', error));
    }
    parser.once('end', () => pending.clear());
    return parser;
  };
  return (error) => {
    isReleased = true;
    for (const end of pending) end(error);
    pending.clear();
    // Half an answer: the driver waits for its end before it heeds anything else, its own time limit included.
    connection.messageIo?.incomingMessageStream?.currentMessage?.destroy();
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
