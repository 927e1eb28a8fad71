import type { BatchEvent, Session, SqlErrorInfo } from '../session.ts';
import { type Answer, createAnswer } from './answer.ts';
import type { WireFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';
import { doneStatus, packetType } from './names.ts';
import type { Message } from './packet.ts';
import { createProcedures, type ProcedureCall } from './procedures.ts';
import { decodeRpc, decodeSqlBatch } from './request.ts';
import { Result } from './result.ts';
import { aborted, createAnswerSender, garbageBytes, type Send } from './sender.ts';
import {
  encodeDone,
  encodeIntReturnValue,
  encodeMessage,
  encodeResetAcknowledged,
  encodeReturnStatus,
} from './tokens.ts';
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
    if (message.resetsConnection) encodeResetAcknowledged(answer.tokens);
    if (message.type === packetType.sqlBatch) {
      const sql = decodeSqlBatch(message.payload);
      const result = newResult(answer, options, { isProcedure: false, signal });
      await addEvents(result, () => options.session.execute(sql, [], signal), signal);
      return result.finish().isFatal ? 'fatal' : 'open';
    }
    const request = decodeRpc(message.payload);
    const call = procedures.resolve(request);
    const handleName = request.parameters.find((parameter) => parameter.isOutput)?.name ?? '';
    return callProcedure(answer, { call, handleName, options, signal });
  };

  /** Answers what isn't executed; false for a request that is. */
  const answerOther = async (message: Message): Promise<boolean> => {
    if (message.type === packetType.attention) await finishWith(doneStatus.attention);
    // MS-TDS 2.2.1.7: a message given up half way gets one DONE with an error, and no acknowledgement.
    else if (message.ignored) await finishWith(doneStatus.error);
    else if (message.type !== packetType.sqlBatch && message.type !== packetType.rpc) {
      await finishWith(doneStatus.error, notSimulated(message.type));
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

async function callProcedure(
  answer: Answer,
  request: {
    readonly call: ProcedureCall;
    readonly handleName: string;
    readonly options: RunnerOptions;
    readonly signal: AbortSignal;
  },
): Promise<Outcome> {
  const { call, options, signal } = request;
  const { tokens } = answer;
  if (call.kind === 'error') {
    encodeMessage(tokens, call.error, options.serverName);
    encodeDone(tokens, { ...bare, kind: 'doneProc', status: doneStatus.error });
    return 'open';
  }
  const result = newResult(answer, options, { isProcedure: true, signal });
  if (call.kind === 'execute') {
    await addEvents(result, () => options.session.execute(call.sql, call.parameters, signal), signal);
  }
  const { errorNumber, isFatal } = result.finish();
  encodeReturnStatus(tokens, errorNumber);
  const handle = call.kind === 'unprepared' ? null : call.handle;
  if (handle !== null) encodeIntReturnValue(tokens, { ordinal: 0, name: request.handleName }, handle);
  encodeDone(tokens, { ...bare, kind: 'doneProc', status: errorNumber === 0 ? doneStatus.final : doneStatus.error });
  return isFatal ? 'fatal' : 'open';
}

function notSimulated(type: number): SqlErrorInfo {
  const message = `requests of type 0x${type.toString(16)} are not simulated: send a batch or a procedure call`;
  return { number: 50000, state: 1, class: 16, message, line: 1 };
}
