import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Of both halves. With less, what a poll of many servers makes is collected too often, and moves on while it is not needed. */
const roomyBytes = 8 * 1024 * 1024;

/** From so many servers on. */
const manyServers = 20;

/** What is enough in every version so far is a tenth of this. */
const mostRounds = 200;

/**
 * Gives new objects more room where many servers are polled: src/early.js keeps it at two megabytes, and V8 takes no size
 * once it runs. It enlarges the room while much that is new stays alive, so that is made here for a moment.
 */
export function roomForNewObjects(servers: number, { env, execArgv }: Pick<NodeJS.Process, 'env' | 'execArgv'>): void {
  // As in src/early.js, which nothing but the program may load.
  const given = `${env.NODE_OPTIONS ?? ''} ${execArgv.join(' ')}`.replaceAll('_', '-');
  if (servers < manyServers || given.includes('--max-semi-space-size')) return;
  const kept: object[][] = [];
  setFlagsFromString('--semi-space-growth-factor=2');
  for (let round = 0; round < mostRounds && newSpaceBytes() < roomyBytes; round += 1) {
    kept.push(Array.from({ length: 5000 }, (_, index) => ({ index })));
    if (kept.length > 20) kept.shift();
  }
  setFlagsFromString('--semi-space-growth-factor=1');
}

function newSpaceBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? roomyBytes;
}
