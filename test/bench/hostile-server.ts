/**
 * A server of which each login meets another of the attacks that ended, stopped or filled the exporter once. A program of
 * its own, so that what it sends without end takes no time from the servers beside it. Says its port.
 */
import type { Socket } from 'node:net';
import {
  type Answers,
  done,
  flood,
  info,
  little,
  loginAck,
  oneColumn,
  packet,
  packetSize,
  rawServer,
  routing,
  textColumns,
} from '../sql/gate/raw-server.ts';

const answered = packet([...loginAck, ...done]);
const endless = (first: readonly number[], again: Uint8Array) => (socket: Socket) => {
  void flood(socket, packet(first, false), again);
  return null;
};
const letters = packet(Buffer.alloc(30_000, 0x41), false);
const unknownLength = new Array<number>(7).fill(0xff);

const attacks: readonly Pick<Answers, 'login' | 'batch'>[] = [
  // A text of three bytes, at an odd and at an even address.
  { batch: () => packet([...oneColumn(textColumns.nvarchar.type), 0xd1, 3, 0, 0x41, 0x42, 0x43, ...done]) },
  { batch: () => packet([...info, ...oneColumn(textColumns.nvarchar.type), 0xd1, 3, 0, 0x41, 0x42, 0x43, ...done]) },
  ...['0', '8', '-1', '1e9'].map((size) => ({ login: () => packet([...loginAck, ...packetSize(size), ...done]) })),
  { batch: endless(oneColumn([0x38]), packet(new Array(1000).fill([0xd1, 1, 0, 0, 0]).flat(), false)) },
  {
    batch: endless(
      [...oneColumn(textColumns['nvarchar(max)'].type), 0xd1, 0xfe, ...unknownLength, ...little(0x7fffffff)],
      letters,
    ),
  },
  { batch: endless([0xee, ...little(0x7fffffff)], letters) },
  { login: endless(loginAck, packet(new Array(2000).fill(info).flat(), false)) },
  { login: () => packet([...loginAck, ...routing('127.0.0.1', server.config.port), ...done]) },
  { batch: () => packet(Buffer.alloc(4000, 0x17)) },
  { batch: () => null },
];

let logins = -1;
const current = (): Pick<Answers, 'login' | 'batch'> => attacks[logins % attacks.length] ?? {};
const server = await rawServer(
  { after: () => undefined },
  {
    login: (socket) => {
      logins += 1;
      return (current().login ?? (() => answered))(socket);
    },
    batch: (socket, index) => (current().batch ?? (() => packet(done)))(socket, index),
  },
);
process.stdout.write(`port ${server.config.port}\n`);
