import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { values } from '../bench/scrape.ts';
import { type Child, startChild } from './channel.ts';
import { createClients } from './clients.ts';
import { writeConfiguration, writeFiles } from './configuration.ts';
import { pairCount, type Surroundings, stepsOf } from './course.ts';
import type { Inside } from './inside.ts';
import { columns, headLine, minuteLine, pageFigures, type Sample, systemFigures, verdicts } from './sample.ts';
import type { Order, StartedPair } from './servers.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** An empty one, for the configuration and the history. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

const password = 'Pa55-of-the-soak';
const here = import.meta.dirname;
const stepMilliseconds = 5000;
const askEveryMilliseconds = 1000;

/** Runs it all, says how each minute was, and at last what grew. Resolves to whether all is well. */
export async function runSoak({ minutes, folder, say }: SoakOptions): Promise<boolean> {
  const simulated = startChild([join(here, 'servers.ts')]);
  try {
    const order = orderTo(simulated);
    const pairs = (await order({ what: 'start', pairs: pairCount, password })) as readonly StartedPair[];
    await writeFiles(folder, pairs);
    const path = await writeConfiguration(folder, pairs, 'ordinary');
    const hook = [`--import=${join(here, 'inside.ts')}`, '--expose-gc', resolve(here, '../../src/main.ts')];
    const exporter = startChild([...hook, `--config.file=${path}`, '--web.listen-address=127.0.0.1:0'], {
      PASSWORD: password,
    });
    try {
      const [, port] = await exporter.seen(/address=127\.0\.0\.1:(\d+)/);
      const clients = createClients(Number(port));
      const configure: Surroundings['configure'] = (kind) => writeConfiguration(folder, pairs, kind);
      const signal = (): void => void exporter.process.kill('SIGHUP');
      return await course({ exporter, order, clients, configure, signal }, minutes, say);
    } finally {
      exporter.process.kill('SIGKILL');
      await exporter.ended;
    }
  } finally {
    simulated.process.kill('SIGKILL');
    await simulated.ended;
  }
}

interface Running extends Surroundings {
  readonly exporter: Child;
}

async function course(running: Running, minutes: number, say: (line: string) => void): Promise<boolean> {
  const { exporter, clients, order } = running;
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      await clients.askNext();
      await wait(askEveryMilliseconds);
    }
  })();
  say(headLine());
  const rows: number[][] = [];
  await wait(stepMilliseconds);
  let before = await sample(running);
  for (let minute = 1; minute <= minutes; minute += 1) {
    const begun = performance.now();
    for (const [at, step] of stepsOf(minute - 1, running).entries()) {
      await step();
      await wait(Math.max(0, begun + (at + 1) * stepMilliseconds - performance.now()));
    }
    const now = await sample(running);
    const row = columns.map(({ value }) => value(now, before));
    say(minuteLine(minute, row));
    rows.push(row);
    before = now;
  }
  const isHealed = await heals(running);
  isOver = true;
  await asking;
  clients.end();
  const { lines, isGood } = verdicts(rows);
  for (const line of lines) say(line);
  exporter.process.kill('SIGTERM');
  const code = await exporter.ended;
  const left = await order({ what: 'count' });
  const wrong = [
    ...clients.unexpected,
    ...(isHealed ? [] : ['the servers are in order again, and some are not polled']),
    ...(code === 0 ? [] : [`the exporter ended with ${code}:`, ...exporter.lines().latest.slice(-20)]),
    ...(left === 0 ? [] : [`${left} connections are left after the exporter has ended`]),
  ];
  for (const line of wrong) say(line);
  return isGood && wrong.length === 0;
}

async function sample({ exporter, clients, order }: Running): Promise<Sample> {
  // What is told before the collection that is asked for.
  const system = systemFigures(exporter.process.pid ?? 0);
  const page = pageFigures(await clients.get('/metrics'));
  const told = once(exporter.process, 'message');
  exporter.process.send('tell');
  const [inside] = (await told) as [Inside];
  const connections = Number(await order({ what: 'count' }));
  return { ...system, ...page, ...inside, connections, logLines: exporter.lines().count, answers: clients.answers() };
}

/** Within so many steps: a server that failed again and again is asked after three intervals. */
const healingSteps = 12;

async function heals({ clients }: Running): Promise<boolean> {
  for (let step = 0; step < healingSteps; step += 1) {
    const up = values(await clients.get('/metrics'), 'milink_up');
    if (up.length === 2 * pairCount && up.every((value) => value === 1)) return true;
    await wait(stepMilliseconds);
  }
  return false;
}

function orderTo({ process: child, ended, lines }: Child): Surroundings['order'] {
  let last = 0;
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', ({ id, answer, error }: { id: number; answer?: unknown; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  void ended.then(() => {
    for (const each of waiting.values()) each.reject(new Error(`servers: ${lines().latest.join('\n')}`));
  });
  return (order: Order) => {
    const id = ++last;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    child.send({ id, order });
    return answer.promise;
  };
}
