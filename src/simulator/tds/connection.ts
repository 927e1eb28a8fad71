import type { Socket } from 'node:net';
import type { Session, SqlErrorInfo } from '../session.ts';
import { createAnswer } from './answer.ts';
import type { WireFaults } from './faults.ts';
import { shakeHands } from './handshake.ts';
import type { ServerIdentity } from './handshake-context.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { doneStatus, packetSizeBytes } from './names.ts';
import { ProtocolError } from './protocol-error.ts';
import { createRequestRunner } from './request-runner.ts';
import { createSender, type Send } from './sender.ts';
import { encodeDone, encodeMessage } from './tokens.ts';
import { ConnectionClosed, type TlsContexts, Transport } from './transport.ts';

/** What a connection takes from its server, and tells it. */
export interface ConnectionOptions {
  readonly server: ServerIdentity;
  readonly tls: TlsContexts | null;
  readonly delayMilliseconds: number;
  /** `@@SPID`. */
  readonly processId: number;
  readonly faults: () => WireFaults;
  readonly onLogin: () => void;
  /** A batch or a procedure call has come. */
  readonly onRequest: () => void;
}

type Stage = 'prelogin' | 'login' | 'requests';

/** Serves one client until it leaves, breaks the protocol or is thrown out. */
export async function serveConnection(socket: Socket, options: ConnectionOptions): Promise<void> {
  const inbox = createInbox();
  const closed = new AbortController();
  // A reset by the client is an ordinary end of a connection: `close` follows.
  socket.on('error', () => {});
  socket.once('close', () => {
    closed.abort();
    inbox.end(null);
  });
  if (options.faults().kind === 'hang_before_login') {
    // Read and forgotten: a client that gives up is noticed only while its bytes are taken.
    socket.resume();
    return;
  }
  const { tls, delayMilliseconds } = options;
  const transport = new Transport(socket, { tls, delayMilliseconds, onBytes: inbox.receive, onError: inbox.end });
  try {
    await converse({ inbox, transport, closed: closed.signal }, options);
  } finally {
    transport.end();
  }
}

async function converse(
  connection: { readonly inbox: Inbox; readonly transport: Transport; readonly closed: AbortSignal },
  options: ConnectionOptions,
): Promise<void> {
  const { inbox, transport, closed } = connection;
  const { faults, onRequest, server } = options;
  const send = createSender(transport, faults, closed);
  let session: Session | null = null;
  let stage: Stage = 'prelogin';
  try {
    const onPrelogin = (): void => {
      stage = 'login';
    };
    const context = { ...options, ...connection, send, onPrelogin };
    const loggedIn = await shakeHands(context);
    if (loggedIn === null) return;
    session = loggedIn.session;
    stage = 'requests';
    options.onLogin();
    const run = createRequestRunner({ ...context, ...loggedIn, serverName: server.serverName, onRequest });
    for (let message = await inbox.next(); message !== null; message = await inbox.next()) {
      if (!(await run(message))) return;
    }
  } catch (error) {
    if (!(error instanceof ConnectionClosed)) await reportFailure(send, { error, stage, options });
  } finally {
    session?.close();
  }
}

/** The last words to a client that can't be served any longer; before login is reached it expects no tokens. */
async function reportFailure(
  send: Send,
  failure: { readonly error: unknown; readonly stage: Stage; readonly options: ConnectionOptions },
): Promise<void> {
  const { error, stage, options } = failure;
  if (stage === 'prelogin') return;
  const answer = createAnswer({ packetSizeBytes: packetSizeBytes.initial, processId: options.processId, send });
  encodeMessage(answer.tokens, describeFailure(error, stage), options.server.serverName);
  encodeDone(answer.tokens, { kind: 'done', rowCount: null, isSelect: false, status: doneStatus.error });
  await answer.end().catch(() => {});
}

/** 17832 and 4002 are what a real server says of a malformed login and of a malformed request. */
function describeFailure(error: unknown, stage: Stage): SqlErrorInfo {
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ProtocolError)) {
    return { number: 50000, state: 1, class: 20, message: `simulator: ${reason}`, line: 1 };
  }
  if (stage === 'login') {
    const message = `The login packet used to open the connection is structurally invalid; the connection has been closed. ${reason}`;
    return { number: 17832, state: 1, class: 20, message, line: 1 };
  }
  const message = `The incoming tabular data stream (TDS) protocol stream is incorrect. ${reason}`;
  return { number: 4002, state: 1, class: 20, message, line: 1 };
}
