import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { WireFaults } from './faults.ts';
import { ConnectionClosed, type Transport } from './transport.ts';

/** Sends bytes; resolves when more may be sent, rejects with ConnectionClosed. */
export type Send = (bytes: Uint8Array) => Promise<void>;

const garbageSizeBytes = 64 * 1024;

/** Sends through whatever fault there is at the moment; `closed` ends the waiting of a drip. */
export function createSender(transport: Transport, faults: () => WireFaults, closed: AbortSignal): Send {
  return async (bytes) => {
    for (let sent = 0; sent < bytes.length; ) {
      const fault = faults();
      if (fault.kind !== 'drip') {
        await transport.write(bytes.subarray(sent));
        return;
      }
      // Before the byte: after the last one of PRELOGIN the client's TLS may come at once.
      await setTimeout(fault.millisecondsPerByte, undefined, { signal: closed }).catch(() => {
        throw new ConnectionClosed('connection closed while dripping');
      });
      await transport.write(bytes.subarray(sent, sent + 1));
      sent += 1;
    }
  };
}

/** The same for one answer to a request, which may end in a reset after some bytes. */
export function createAnswerSender(send: Send, transport: Transport, faults: () => WireFaults): Send {
  let sentBytes = 0;
  return async (bytes) => {
    const fault = faults();
    if (fault.kind === 'reset_in_answer' && sentBytes + bytes.length >= fault.afterBytes) {
      await transport.writeAndReset(bytes.subarray(0, Math.max(fault.afterBytes - sentBytes, 0)));
    }
    sentBytes += bytes.length;
    await send(bytes);
  };
}

/** The bytes of a garbage answer. */
export function garbageBytes(fault: Extract<WireFaults, { kind: 'garbage' }>): Uint8Array {
  return fault.bytes ?? randomBytes(garbageSizeBytes);
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
