import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { createMessageAssembler, type Message } from '../../../src/simulator/tds/packet.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';

/** A client that sends the bytes it is told to. */
export interface RawClient {
  readonly socket: Socket;
  readonly send: (bytes: Uint8Array) => Promise<void>;
  /** The next whole message; rejects when the server closes first. */
  readonly next: () => Promise<Message>;
  /** Everything received so far, with packet headers. */
  readonly received: () => Buffer;
  /** Resolves when the connection is closed, with the code of the error that closed it, such as ECONNRESET. */
  readonly closed: Promise<string | null>;
}

/** Connects without saying anything. */
export async function connectRaw(server: TdsServer): Promise<RawClient> {
  const socket = connectSocket(server.address.port, server.address.host);
  socket.setNoDelay(true);
  const messages: Message[] = [];
  const assemble = createMessageAssembler((message) => messages.push(message));
  const chunks: Buffer[] = [];
  let isClosed = false;
  let wake: () => void = () => {};
  let errorCode: string | null = null;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    errorCode = error.code ?? null;
  });
  const closed = new Promise<string | null>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      wake();
      resolve(errorCode);
    });
  });
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    assemble(chunk);
    wake();
  });
  await once(socket, 'connect');
  return {
    socket,
    closed,
    received: () => Buffer.concat(chunks),
    send: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    next: async () => {
      while (messages.length === 0) {
        if (isClosed) throw new Error('closed by the server');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return messages.shift() as Message;
    },
  };
}

/** The lengths that packet headers announce. */
export function packetLengths(bytes: Buffer): readonly number[] {
  const lengths: number[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt16BE(at + 2)) lengths.push(bytes.readUInt16BE(at + 2));
  return lengths;
}
