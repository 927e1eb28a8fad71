import { notSimulated } from '../not-simulated.ts';
import type { BatchEvent, Session, SqlErrorInfo } from '../session.ts';
import { type Answer, createAnswer } from './answer.ts';
import type { WireFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';
import { doneStatus, packetType } from './names.ts';
import type { Message } from './packet.ts';
import { createProcedures, type ProcedureCall } from './procedures.ts';
import { NotSimulated } from './protocol-error.ts';
import { decodeRpc, decodeSqlBatch, type RpcRequest } from './request.ts';
import { Result } from './result.ts';
import { aborted, createAnswerSender, garbageBytes, type Send } from './sender.ts';
import { encodeDone, encodeMessage, encodeResetAcknowledged, encodeReturnStatus, encodeReturnValue } from './tokens.ts';
import { decodeTransactionRequest } from './transaction-request.ts';
import { ConnectionClosed, type Transport } from './transport.ts';

/** The logged-in connection that requests come from. */
export interface RunnerOptions {
  readonly session: Session;
  readonly serverName: string;
  readonly packetSizeBytes: number;
  readonly nullBitmap: boolean;
  readonly processId: number;
  readonly transport: Transport;
  readonly inbox: Inbox;
  readonly send: Send;
  readonly faults: () => WireFaults;
  /** Aborted when the connection is gone. */
  readonly closed: AbortSignal;
  readonly onRequest: () => void;
}

/** Answers one message; false when the connection has to end after it. Rejects with ConnectionClosed or ProtocolError. */
export type RequestRunner = (message: Message) => Promise<boolean>;

type Outcome = 'open' | 'fatal';

const executed: readonly number[] = [packetType.sqlBatch, packetType.rpc, packetType.transactionManager];
const bare = { kind: 'done', rowCount: null, isSelect: false } as const;

/** Requests of one connection, one after another (MS-TDS 3.3.5.8, 3.3.5.9). */
export function createRequestRunner(options: RunnerOptions): RequestRunner {
  const procedures = createProcedures();

  const newAnswer = (): Answer =>
    createAnswer({ ...options, send: createAnswerSender(options.send, options.transport, options.faults) });

  const finishWith = async (status: number, error?: SqlErrorInfo): Promise<void> => {
    const answer = newAnswer();
    if (error !== undefined) encodeMessage(answer.tokens, error, options.serverName);
    encodeDone(answer.tokens, { ...bare, status });
    await answer.end();
  };

  const execute = async (answer: Answer, message: Message, signal: AbortSignal): Promise<Outcome> => {
    if (message.resetsConnection) {
      options.session.reset?.(message.keepsTransaction);
      procedures.forget();
      encodeResetAcknowledged(answer.tokens);
    }
    try {
      if (message.type !== packetType.rpc) {
        const result = newResult(answer, options, { isProcedure: false, signal });
        await addEvents(result, startOf(options.session, message, signal), signal);
        return result.finish().isFatal ? 'fatal' : 'open';
      }
      let outcome: Outcome = 'open';
      const calls = decodeRpc(message.payload);
      for (const [at, request] of calls.entries()) {
        if (outcome === 'fatal' || signal.aborted) break;
        const call = procedures.resolve(request);
        outcome = await callProcedure(answer, { call, request, isLast: at === calls.length - 1, options, signal });
      }
      return outcome;
    } catch (error) {
      if (!(error instanceof NotSimulated)) throw error;
      encodeMessage(answer.tokens, notSimulated(error.message), options.serverName);
      encodeDone(answer.tokens, { ...bare, status: doneStatus.error });
      return 'open';
    }
  };

  /** Answers what isn't executed; false for a request that is. */
  const answerOther = async (message: Message): Promise<boolean> => {
    if (message.type === packetType.attention) await finishWith(doneStatus.attention);
    // MS-TDS 2.2.1.7: a message given up half way gets one DONE with an error, and no acknowledgement.
    else if (message.ignored) await finishWith(doneStatus.error);
    else if (!executed.includes(message.type)) {
      const what = message.type === packetType.bulkLoad ? 'bulk load' : `requests of type ${message.type}`;
      await finishWith(doneStatus.error, notSimulated(what));
    } else return false;
    return true;
  };

  return async (message) => {
    if (await answerOther(message)) return true;
    options.onRequest();
    const { outcome, attention } = await interruptible(options, (signal) => {
      const answer = newAnswer();
      return runWithFaults(options, signal, async () => {
        const result = await execute(answer, message, signal);
        if (options.closed.aborted) throw new ConnectionClosed('connection closed');
        await answer.end();
        return result;
      });
    });
    // The acknowledgement is a message of its own after the one that was cut short: tedious reads two.
    if (attention) await finishWith(doneStatus.attention);
    return outcome === 'open';
  };
}

/** Runs something that the client's attention, or its leaving, aborts. */
async function interruptible(
  options: RunnerOptions,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<{ readonly outcome: Outcome; readonly attention: boolean }> {
  const interruption = new AbortController();
  let attention = false;
  options.inbox.onInterruption((reason) => {
    attention ||= reason === 'attention';
    interruption.abort();
  });
  try {
    const outcome = await run(interruption.signal);
    return { outcome, attention };
  } finally {
    options.inbox.onInterruption(null);
  }
}

async function runWithFaults(
  options: RunnerOptions,
  signal: AbortSignal,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const fault = options.faults();
  if (fault.kind === 'garbage' && fault.answerTo === 'batch') await options.send(garbageBytes(fault));
  const isSilent = fault.kind === 'garbage' ? fault.answerTo === 'batch' : fault.kind === 'hang_in_query';
  if (isSilent) await aborted(fault.kind === 'hang_in_query' && fault.acknowledgeAttention ? signal : options.closed);
  return run();
}

function newResult(
  answer: Answer,
  options: RunnerOptions,
  request: { readonly isProcedure: boolean; readonly signal: AbortSignal },
): Result {
  const { serverName, nullBitmap, transport, faults } = options;
  const afterRow = async (lengthBefore: number): Promise<void> => {
    if (faults().kind !== 'reset_in_row') return;
    const rowBytes = answer.tokens.length - lengthBefore;
    await transport.writeAndReset(answer.cut(lengthBefore + Math.ceil(rowBytes / 2)));
  };
  return new Result(answer, { ...request, serverName, nullBitmap, afterRow });
}

/** Adds what the session yields until it ends or `signal` aborts, even if the session takes no notice of it. */
async function addEvents(result: Result, start: () => AsyncIterable<BatchEvent>, signal: AbortSignal): Promise<void> {
  const interrupted = aborted(signal).then(() => null);
  try {
    const iterator = start()[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([interrupted, iterator.next()]);
      // Left behind by an attention, the session may still fail: nobody waits for it then.
      if (next === null) iterator.return?.().catch(() => {});
      if (next === null || next.done === true) return;
      await result.add(next.value);
    }
  } catch (error) {
    if (error instanceof ConnectionClosed) throw error;
    const message = `simulator: ${error instanceof Error ? error.message : String(error)}`;
    result.fail({ number: 50000, state: 1, class: 16, message, line: 1 });
  }
}

/** What a batch or a transaction request yields. */
function startOf(session: Session, message: Message, signal: AbortSignal): () => AsyncIterable<BatchEvent> {
  if (message.type === packetType.sqlBatch) {
    const sql = decodeSqlBatch(message.payload);
    return () => session.execute(sql, [], signal);
  }
  const requests = decodeTransactionRequest(message.payload);
  if (session.transact === undefined) throw new NotSimulated('transactions');
  return async function* () {
    for (const request of requests) yield* session.transact?.(request) ?? [];
  };
}

interface CallRequest {
  readonly call: ProcedureCall;
  readonly request: RpcRequest;
  /** No other call of the same message follows. */
  readonly isLast: boolean;
  readonly options: RunnerOptions;
  readonly signal: AbortSignal;
}

async function callProcedure(
  answer: Answer,
  { call, request, isLast, options, signal }: CallRequest,
): Promise<Outcome> {
  const { tokens } = answer;
  const more = isLast ? doneStatus.final : doneStatus.more;
  if (call.kind === 'error') {
    encodeMessage(tokens, call.error, options.serverName);
    encodeDone(tokens, { ...bare, kind: 'doneProc', status: doneStatus.error | more });
    return 'open';
  }
  const result = newResult(answer, options, { isProcedure: true, signal });
  const events = eventsOf(options.session, call, signal);
  if (events !== null) await addEvents(result, events, signal);
  const { errorNumber, status, isFatal, outputs } = result.finish();
  encodeReturnStatus(tokens, status);
  const handle = 'handle' in call ? call.handle : null;
  if (handle !== null) {
    const name = request.parameters.find((parameter) => parameter.isOutput)?.name ?? '';
    encodeReturnValue(tokens, { ordinal: 0, name, type: { name: 'int' }, value: handle });
  }
  for (const output of outputs) encodeReturnValue(tokens, output, answer.roomBytes);
  encodeDone(tokens, { ...bare, kind: 'doneProc', status: (errorNumber === 0 ? 0 : doneStatus.error) | more });
  return isFatal ? 'fatal' : 'open';
}

function eventsOf(
  session: Session,
  call: ProcedureCall,
  signal: AbortSignal,
): (() => AsyncIterable<BatchEvent>) | null {
  if (call.kind === 'execute') return () => session.execute(call.sql, call.parameters, signal);
  if (call.kind !== 'named') return null;
  const named = session.call?.(call.call, signal);
  if (named === undefined) throw new NotSimulated(`the procedure ${call.call.procedure.join('.')}`);
  return () => named;
}
