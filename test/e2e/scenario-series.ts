import type { TestContext } from 'node:test';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { movingScenarioNames, type Scenario } from '../../src/simulator/scenario/index.ts';
import { managedInstanceName, sqlServerName, startHarness, worldMilliseconds } from '../integration/harness.ts';

/** Minutes for which a scenario that stands still is healthy, and at which it is over. */
export const healthyMinutes = 11;
export const lastMinute = 65;
/** Around the change, and then seldom: figures move evenly. At minute 56 a planned failover is where it began. */
const pagesOfMoving = [0, 10, 11, 25, 56, lastMinute];
const pagesOfStill = [0, 10, 11, 25, lastMinute];

export type Page = ReadonlyMap<string, number>;

/** Each series of a scenario in promtool's notation, a value per minute from its beginning, which is promtool's second 0. */
export async function scenarioSeries(
  context: TestContext,
  scenario: Scenario,
  databases: number,
): Promise<Readonly<Record<string, string>>> {
  let now = worldMilliseconds;
  const clock: Clock = { ...systemClock, nowSeconds: () => now / 1000 };
  const harness = await startHarness(context, {
    clock,
    pollIntervalSeconds: 15,
    pair: { scenario, databases, clock: () => now, healthyFirstMilliseconds: healthyMinutes * 60_000 },
  });
  const pagesAt: readonly number[] = movingScenarioNames.some((name) => name === scenario)
    ? pagesOfMoving
    : pagesOfStill;
  const pages: [number, Page][] = [];
  for (const minute of pagesAt) {
    now = worldMilliseconds + minute * 60_000;
    await Promise.all([sqlServerName, managedInstanceName].map((server) => harness.exporter.pollNow(server)));
    pages.push([minute, samplesOf(await harness.scrape())]);
  }
  await harness.exporter.stop();
  await harness.pair.close();
  return seriesOf(pages);
}

/** The samples of a page as Prometheus stores them, times counted from the beginning of the world. */
export function samplesOf(page: string): Page {
  const samples = [...page.matchAll(/^(milink_\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name = '', labels = '', value]): readonly [string, number] => [
      `${name}{job="milink-exporter",instance="demo:10522"${labels === '' ? '' : `,${labels}`}}`,
      Number(value) - (name.endsWith('_timestamp_seconds') ? worldMilliseconds / 1000 : 0),
    ],
  );
  return new Map([['up{job="milink-exporter",instance="demo:10522"}', 1], ...samples]);
}

/** A value per minute, from pages of some minutes. */
export function seriesOf(pages: readonly (readonly [minute: number, page: Page])[]): Readonly<Record<string, string>> {
  const names = new Set(pages.flatMap(([, page]) => [...page.keys()]));
  const minutes = Array.from({ length: lastMinute + 1 }, (_, minute) => minute);
  return Object.fromEntries(
    [...names].map((name) => [name, minutes.map((minute) => valueAt(pages, name, minute) ?? '_').join(' ')]),
  );
}

/** Between two pages a figure moves evenly; a state stays as it was, and so does the absence of a series. */
function valueAt(
  pages: readonly (readonly [minute: number, page: Page])[],
  name: string,
  minute: number,
): number | undefined {
  const index = pages.findLastIndex(([at]) => at <= minute);
  const [[from, page] = [0], [to, next] = [minute]] = [pages[index], pages[index + 1]];
  const [before, after] = [page?.get(name), next?.get(name)];
  if (before === undefined || after === undefined || minute === from || isState(before, after)) return before;
  return before + ((after - before) * (minute - from)) / (to - from);
}

function isState(...values: readonly number[]): boolean {
  return values.every((value) => value === 0 || value === 1);
}
