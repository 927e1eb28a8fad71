import { maximumMessageSizeBytes, packetType } from './names.ts';
import { createMessageAssembler, type Message } from './packet.ts';
import { ProtocolError } from './protocol-error.ts';

/** Why the request that runs has to stop. */
export type Interruption = 'attention' | 'closed';

/** Messages of one client in the order they came, and what interrupts the one that is being answered. */
export interface Inbox {
  readonly receive: (chunk: Buffer) => void;
  /** No more messages: null for a connection that closed, an error for a client that broke the protocol. */
  readonly end: (error: Error | null) => void;
  /** The next message, or null at the end. Rejects with the error that ended it, after the messages before it. */
  readonly next: () => Promise<Message | null>;
  /** Sends attentions and the end to `listener` instead of the queue, until called with null. */
  readonly onInterruption: (listener: ((reason: Interruption) => void) | null) => void;
}

/** The next message, which has to be of that type: the others have no place before login is done. Null at the end. */
export async function expectMessage(inbox: Inbox, type: number): Promise<Message | null> {
  const message = await inbox.next();
  if (message !== null && message.type !== type) {
    throw new ProtocolError(`message of type ${message.type} before login`);
  }
  return message;
}

/** An empty inbox. Messages beyond the size limit, together with those that wait, are a ProtocolError. */
export function createInbox(): Inbox {
  const queue: Message[] = [];
  let queuedBytes = 0;
  let ended: { readonly error: Error | null } | null = null;
  let listener: ((reason: Interruption) => void) | null = null;
  let wake: (() => void) | null = null;

  const push = (message: Message): void => {
    if (message.type === packetType.attention && listener !== null) {
      listener('attention');
      return;
    }
    queuedBytes += message.payload.length;
    if (queuedBytes > maximumMessageSizeBytes) throw new ProtocolError('too many requests wait for their answer');
    queue.push(message);
    wake?.();
  };
  const assemble = createMessageAssembler(push);
  const end = (error: Error | null): void => {
    ended ??= { error };
    listener?.('closed');
    wake?.();
  };
  return {
    receive: (chunk) => {
      if (ended === null) assemble(chunk);
    },
    end,
    next: async () => {
      while (queue.length === 0 && ended === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const message = queue.shift();
      if (message !== undefined) queuedBytes -= message.payload.length;
      else if (ended?.error != null) throw ended.error;
      return message ?? null;
    },
    onInterruption: (newListener) => {
      listener = newListener;
      if (ended !== null) newListener?.('closed');
    },
  };
}
