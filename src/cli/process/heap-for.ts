import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Of both halves. With less, what a poll of many servers makes is collected too often, and moves on while it is not needed. */
const roomyBytes = 8 * 1024 * 1024;

/** From so many servers on. */
const manyServers = 20;

/** What is enough in every version so far is a tenth of this. */
const mostRounds = 200;

/**
 * Tells V8 what suits many servers, where each keeps little and all together much: what lives is collected each time it has
 * grown by a fifth, where V8 lets it double, and new objects get more room. docs/performance.md has what that costs. Few servers
 * keep little, and are left alone: with two hundred links on two of them the fifth cost a tenth of the processor time.
 */
export function sizeHeapFor(servers: number, { env, execArgv }: Pick<NodeJS.Process, 'env' | 'execArgv'>): void {
  if (servers < manyServers) return;
  // As in src/early.js, which nothing but the program may load.
  const given = `${env.NODE_OPTIONS ?? ''} ${execArgv.join(' ')}`.replaceAll('_', '-');
  if (!given.includes('--heap-growing-percent')) setFlagsFromString('--heap-growing-percent=20');
  if (!given.includes('--max-semi-space-size')) enlargeNewSpace();
}

/**
 * src/early.js keeps the place of new objects at two megabytes, and V8 takes no size once it runs. It enlarges it while much
 * that is new stays alive, so that is made here for a moment.
 */
function enlargeNewSpace(): void {
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
