import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** SQL Server Browser on loopback (MC-SQLR), as far as one instance is asked for. */
export interface Browser {
  readonly port: number;
  /** What was asked, as it came. */
  readonly questions: readonly Buffer[];
  close(): Promise<void>;
}

/** What it answers to the name of an instance; null: nothing, as for one that it does not know. */
export type Answer = (instance: string, count: number) => Buffer | null;

export async function startBrowser(answer: Answer): Promise<Browser> {
  const socket = createSocket('udp4');
  const questions: Buffer[] = [];
  socket.on('message', (question, { port, address }) => {
    questions.push(question);
    const reply = answer(question.subarray(1, -1).toString('latin1'), questions.length);
    if (reply !== null) socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    questions,
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** SVR_RESP: 5, the length, and names and values (MC-SQLR 2.2.5). */
export function instanceAnswer(text: string): Buffer {
  const data = Buffer.from(text, 'latin1');
  return Buffer.concat([Uint8Array.of(5, data.length & 0xff, data.length >> 8), data]);
}
