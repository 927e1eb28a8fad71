import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Of both halves. With less, what a poll of many servers makes is collected too often, and moves on while it is not needed. */
const roomyBytes = 8 * 1024 * 1024;

/** From so many servers on. */
const manyServers = 20;

/** So many make as much at a poll as many servers. */
const manyLinks = 40;

/** What is enough in every version so far is a tenth of this. */
const mostRounds = 200;

type Options = Pick<NodeJS.Process, 'env' | 'execArgv'>;

/**
 * Tells V8 what suits many servers, where each keeps little and all together much: what lives is collected each time it has
 * grown by a fifth, where V8 lets it double, and new objects get more room. docs/performance.md has what that costs. Few servers
 * keep little, and are left alone: with two hundred links on two of them the fifth cost a tenth of the processor time.
 */
export function sizeHeapFor(servers: number, options: Options): void {
  if (servers < manyServers) return;
  if (!given(options).includes('--heap-growing-percent')) setFlagsFromString('--heap-growing-percent=20');
  giveRoom(options);
}

/** The same for links, which are known once they were read: new objects get more room, once. To be called as often as one likes. */
export function sizeHeapForLinks(links: number, options: Options): void {
  if (links >= manyLinks) giveRoom(options);
}

let isRoomy = false;

function giveRoom(options: Options): void {
  if (isRoomy) return;
  isRoomy = true;
  if (!given(options).includes('--max-semi-space-size')) enlargeNewSpace();
  if (!given(options).includes('sparkplug')) setFlagsFromString('--sparkplug');
}

/** As in src/early.js, which nothing but the program may load. */
function given({ env, execArgv }: Options): string {
  return `${env.NODE_OPTIONS ?? ''} ${execArgv.join(' ')}`.replaceAll('_', '-');
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
