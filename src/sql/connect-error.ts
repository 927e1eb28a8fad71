import type { ServerConfig } from '../config/config.ts';
import { classifyError } from './classify-error.ts';
import { protocolFault } from './gate/broken-limit.ts';
import { type SocketAddress, type SocketStage, unansweredAttempt } from './open-socket.ts';

/** How far an attempt to log in has come. */
export interface ConnectAttempt {
  readonly stage: SocketStage;
  /** The address that was tried last; port 0 before the first was. */
  readonly address: SocketAddress;
  /** Whether anything at all came from there. */
  readonly hasAnswered: boolean;
  /** The first SQL error of the login; null when there was none. */
  readonly refusal: Error | null;
  /** How often a gateway sent the client on to another address. */
  readonly redirects: number;
}

interface Attempted {
  readonly attempt: ConnectAttempt;
  readonly server: ServerConfig;
  readonly signal: AbortSignal;
}

/** What the driver tells of an ERROR token (MS-TDS 2.2.7.10). */
export interface SqlErrorToken {
  readonly number: number;
  readonly class: number;
  readonly message: string;
}

/** The driver's own login error has lost SQL Server's number; of two errors, 4060 and 18456, the first says why. */
export function loginRefused({ number, class: severity, message }: SqlErrorToken): Error {
  return Object.assign(new Error(message), { code: 'ELOGIN', number, class: severity });
}

/** The end of a login that was sent on too often. */
export function sentInCircles(): Error {
  return Object.assign(new Error('the gateway sends the client in circles'), { code: 'EREDIRECT' });
}

/** What to reject with when no connection came about: what went wrong, and where when that is not the configured address. */
export function connectError(error: unknown, { attempt, server, signal }: Attempted): unknown {
  const cause = causeOf(error, { attempt, server, signal });
  if (attempt.redirects === 0) return cause;
  const redirectedTo = placeOf(attempt.address);
  const { message } = classifyError(cause);
  const from = server.port === null ? server.host : placeOf({ host: server.host, port: server.port });
  const text = `${message} (the gateway ${from} had sent the client on to ${redirectedTo})`;
  return Object.assign(new Error(text, { cause }), { redirectedTo });
}

function causeOf(error: unknown, { attempt, server, signal }: Attempted): unknown {
  const { mode } = server.tls;
  const isLate = error === signal.reason && error instanceof DOMException && error.name === 'TimeoutError';
  if (isLate) return unansweredAttempt(attempt.stage, attempt.address) ?? error;
  if (error === signal.reason) return error;
  if (attempt.refusal !== null) return attempt.refusal;
  if (codesOf(error).includes('EENCRYPT')) {
    const isOff = mode === 'off';
    return own(isOff ? 'the server demands encryption, and tls.mode is off: use encrypt' : noEncryption, 'EENCRYPT');
  }
  const { reason } = classifyError(error);
  // A server that does not know TDS 8 takes the TLS handshake for a packet that is broken, and hangs up.
  if (mode === 'strict' && attempt.stage === 'connected' && !attempt.hasAnswered && reason === 'reset') {
    const message =
      'the server does not speak TDS 8, which tls.mode strict asks for: it closed the connection at the TLS handshake';
    return own(message, 'ENOTDS8');
  }
  return attempt.hasAnswered ? answerFault(error) : error;
}

const noEncryption = 'the server does not offer encryption, which tls.mode encrypt asks for: the login was not sent';

/**
 * What the driver stumbles over without a word for it is what the server sent: no defect of this program, but for the cases
 * where it is one, for which the error says where the driver was.
 */
export function answerFault(error: unknown): unknown {
  if (classifyError(error).reason !== 'internal') return error;
  const fault = protocolFault(error instanceof Error ? error.message : String(error));
  return Object.assign(fault, { cause: error });
}

function own(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

function codesOf(error: unknown): readonly unknown[] {
  const codes: unknown[] = [];
  for (let cause = error; cause instanceof Error && codes.length < 5; cause = cause.cause ?? inner(cause)) {
    codes.push('code' in cause ? cause.code : null);
  }
  return codes;
}

/** mssql keeps the driver's error beside its own. */
function inner(error: Error): unknown {
  return 'originalError' in error ? error.originalError : null;
}

function placeOf({ host, port }: SocketAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
