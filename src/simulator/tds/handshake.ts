import type { LoginRequest, Session, SqlErrorInfo } from '../session.ts';
import { type Answer, createAnswer } from './answer.ts';
import { askForToken } from './fed-auth.ts';
import type { HandshakeContext } from './handshake-context.ts';
import { expectMessage } from './inbox.ts';
import { decodeLogin7, hasNullBitmapRows, isSupportedVersion, type Login7 } from './login7.ts';
import { doneStatus, encryption, packetSizeBytes, packetType } from './names.ts';
import { encodeMessage as encodePackets } from './packet.ts';
import { decodePrelogin, type EncryptionScope, encodePrelogin, negotiateEncryption } from './prelogin.ts';
import { ProtocolError } from './protocol-error.ts';
import { aborted, garbageBytes } from './sender.ts';
import {
  encodeCollationChange,
  encodeDatabaseChange,
  encodeDone,
  encodeFedAuthAck,
  encodeLoginAck,
  encodeMessage,
  encodeRouting,
  encodeTextChange,
} from './tokens.ts';
import { askForProof } from './windows-proof.ts';

/** A client that got in. */
export interface LoggedIn {
  readonly session: Session;
  readonly packetSizeBytes: number;
  readonly nullBitmap: boolean;
}

const doneAfterLogin = { kind: 'done', rowCount: null, isSelect: false } as const;

/** PRELOGIN to LOGINACK (MS-TDS 3.3.5.1 to 3.3.5.3); null for a client that left or that didn't get in. */
export async function shakeHands(context: HandshakeContext): Promise<LoggedIn | null> {
  const prelogin = await expectMessage(context.inbox, packetType.prelogin);
  if (prelogin === null) return null;
  const { scope, fedAuth } = await answerPrelogin(context, prelogin.payload);
  const message = await expectMessage(context.inbox, packetType.login7);
  if (message === null) return null;
  if (scope === 'login') context.transport.stopTls();
  const login = decodeLogin7(message.payload);
  if (!isSupportedVersion(login.tdsVersion)) {
    throw new ProtocolError(`login7: TDS version 0x${login.tdsVersion.toString(16)}, 7.2 to 7.4 and 8 are supported`);
  }
  if (login.fedAuth !== null && login.fedAuth.echo !== fedAuth) {
    throw new ProtocolError('login7: FEDAUTH does not repeat what PRELOGIN said');
  }
  const request = await completedRequest(context, login);
  return request === null ? null : answerLogin(context, login, request);
}

/** The login's request with its token, or with what Windows authentication proved; null for a client that left. */
async function completedRequest(context: HandshakeContext, login: Login7): Promise<LoginRequest | null> {
  const { request, fedAuth, sspi } = login;
  if (fedAuth !== null) {
    const token = fedAuth.token ?? (await askForToken(context));
    return token === null ? null : { ...request, token };
  }
  if (sspi === null) return request;
  const windows = await askForProof(context, sspi);
  return windows === null ? null : { ...request, windows };
}

async function answerPrelogin(
  context: HandshakeContext,
  payload: Buffer,
): Promise<{ readonly scope: EncryptionScope; readonly fedAuth: boolean }> {
  const { transport, server } = context;
  const request = decodePrelogin(payload);
  // Inside TDS 8 everything is encrypted already, and nothing is left to negotiate.
  const { answer, scope } = transport.isStrict
    ? ({ answer: encryption.notSupported, scope: 'none' } as const)
    : negotiateEncryption(request.encryption, server.encryption);
  const fault = context.faults();
  if (fault.kind === 'garbage' && fault.answerTo === 'prelogin') {
    await context.send(garbageBytes(fault));
    await aborted(context.closed);
  }
  const fedAuth = request.fedAuth && server.fedAuth;
  await context.send(encodePackets(packetType.tabularResult, encodePrelogin(server.productVersion, answer, fedAuth)));
  context.onPrelogin();
  if (scope !== 'none') transport.startTls();
  return { scope, fedAuth };
}

async function answerLogin(context: HandshakeContext, login: Login7, request: LoginRequest): Promise<LoggedIn | null> {
  const { send, processId, server } = context;
  const answer = createAnswer({ packetSizeBytes: packetSizeBytes.initial, processId, send });
  const outcome = server.login(request, processId);
  if ('error' in outcome) {
    await refuse(answer, outcome.error, server.serverName);
    return null;
  }
  const { tokens } = answer;
  encodeDatabaseChange(tokens, { from: 'master', to: outcome.database }, server.serverName);
  encodeCollationChange(tokens);
  encodeTextChange(tokens, 'language', { from: '', to: 'us_english' });
  const language = { number: 5703, state: 1, class: 0, message: 'Changed language setting to us_english.', line: 1 };
  encodeMessage(tokens, language, server.serverName);
  encodeLoginAck(tokens, login.tdsVersion, server.productVersion);
  if (login.fedAuth !== null) encodeFedAuthAck(tokens);
  if (server.redirect !== null) encodeRouting(tokens, server.redirect);
  const sizes = { from: String(packetSizeBytes.initial), to: String(login.packetSizeBytes) };
  encodeTextChange(tokens, 'packetSize', sizes);
  encodeDone(tokens, { ...doneAfterLogin, status: doneStatus.final });
  await answer.end();
  if (server.redirect !== null) {
    outcome.close();
    return null;
  }
  return {
    session: outcome,
    packetSizeBytes: login.packetSizeBytes,
    nullBitmap: hasNullBitmapRows(login.tdsVersion),
  };
}

/** A login that fails is an error, and the end of the connection (MS-TDS 3.3.5.3). */
async function refuse(answer: Answer, error: SqlErrorInfo, serverName: string): Promise<void> {
  encodeMessage(answer.tokens, error, serverName);
  encodeDone(answer.tokens, { ...doneAfterLogin, status: doneStatus.error });
  await answer.end();
}
