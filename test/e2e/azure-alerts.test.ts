import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import type { State } from '../../src/metrics/family.ts';
import type { AzureReading } from '../../src/model/azure/state.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import {
  type Harness,
  managedInstanceName,
  sqlServerName,
  startHarness,
  worldMilliseconds,
} from '../integration/harness.ts';
import { firingAt } from './firing.ts';
import { lastMinute, type Page, samplesOf, seriesOf } from './scenario-series.ts';

/** What happens in Azure from minute 11 until minute 41, over the socket that the exporter reads. */
interface Trouble {
  readonly name: string;
  readonly begin: (harness: Harness, list: EmptyList) => void;
  readonly end: (harness: Harness, list: EmptyList) => void;
  /** Only Azure is read, as by someone without a login on the servers. */
  readonly isAlone?: boolean;
  readonly fires: string;
}

/** Whether Azure lists no link of the instance. */
interface EmptyList {
  isEmpty: boolean;
}

const troubles: readonly Trouble[] = [
  {
    name: 'error',
    isAlone: true,
    begin: ({ pair }) => pair.setScenario('disconnected'),
    end: ({ pair }) => pair.setScenario('healthy'),
    fires: 'MilinkAzureLinkError critical',
  },
  {
    name: 'not-listed',
    begin: (_, list) => {
      list.isEmpty = true;
    },
    end: (_, list) => {
      list.isEmpty = false;
    },
    fires: 'MilinkAzureLinkError warning',
  },
  {
    name: 'instance',
    isAlone: true,
    begin: ({ pair }) => pair.setScenario('instance-stopped'),
    end: ({ pair }) => pair.setScenario('healthy'),
    // It is why its links are lost.
    fires: 'MilinkAzureInstanceNotReady warning, MilinkAzureLinkError critical',
  },
  {
    name: 'forbidden',
    begin: ({ pair }) => pair.azure?.setFault({ kind: 'status', status: 403 }),
    end: ({ pair }) => pair.azure?.setFault(null),
    fires: 'MilinkAzureNotReadable warning',
  },
];

const beginning = 11;
const ending = 41;
const minutes = [0, 10, beginning, 25, 40, ending, lastMinute];
const quick = { linksSeconds: 0.1, instancesSeconds: 0.1, certificatesSeconds: 0.1 };

function readingAzure({ isAlone }: Trouble): (config: Config) => Config {
  return (config) =>
    config.azure === undefined
      ? config
      : {
          ...config,
          azure: { ...config.azure, intervals: quick },
          ...(isAlone === true ? { servers: [], links: config.links.map((each) => ({ ...each, servers: [] })) } : {}),
        };
}

const readings = ({ azure }: State): readonly AzureReading<unknown>[] =>
  azure?.subscriptions.flatMap(({ instances }) =>
    instances.flatMap(({ links, instance, operations }) => [links, instance, operations]),
  ) ?? [];
const readsOf = ({ polls }: AzureReading<unknown>): number =>
  Object.values(polls).reduce((sum, count) => sum + count, 0);

/** Everything was read, or tried, so often: the first that ends may have begun before. */
async function readAnew(harness: Harness, times: number): Promise<void> {
  const before = readings(harness.exporter.readState()).map(readsOf);
  await harness.until('Azure read anew', (state) => {
    const now = readings(state);
    return now.length > 0 && now.every((each, index) => readsOf(each) >= (before[index] ?? 0) + times);
  });
}

async function pagesOf(context: TestContext, trouble: Trouble): Promise<readonly (readonly [number, Page])[]> {
  let now = worldMilliseconds;
  const clock: Clock = { ...systemClock, nowSeconds: () => now / 1000 };
  const list: EmptyList = { isEmpty: false };
  const override = (path: string): object | null =>
    list.isEmpty && path.endsWith('/distributedAvailabilityGroups') ? { value: [] } : null;
  const harness = await startHarness(context, {
    clock,
    pollIntervalSeconds: 15,
    configure: readingAzure(trouble),
    pair: { clock: () => now, azure: { behindMilliseconds: 0, override } },
  });
  const pages: [number, Page][] = [];
  for (const minute of minutes) {
    now = worldMilliseconds + minute * 60_000;
    if (minute === beginning) trouble.begin(harness, list);
    if (minute === ending) trouble.end(harness, list);
    await readAnew(harness, minute === beginning || minute === ending ? 2 : 1);
    if (trouble.isAlone !== true) {
      await Promise.all([sqlServerName, managedInstanceName].map(harness.exporter.pollNow));
    }
    pages.push([minute, samplesOf(await harness.scrape())]);
  }
  await harness.exporter.stop();
  await harness.pair.close();
  return pages;
}

test('what is wrong in Azure makes its alert fire, and no other, and that ends with it (promtool test rules)', async (context) => {
  const batch: { scenario: string; series: Readonly<Record<string, string>> }[] = [];
  for (const trouble of troubles) {
    batch.push({ scenario: trouble.name, series: seriesOf(await pagesOf(context, trouble)) });
  }
  const fired = await firingAt(batch, [10, 40, lastMinute]);
  const told = (name: string, at: number): string =>
    fired
      .filter(({ scenario, minute }) => scenario === name && minute === at)
      .map(({ alert, severity }) => `${alert} ${severity}`)
      .sort()
      .join(', ');
  for (const { name, fires } of troubles) {
    assert.deepEqual([name, told(name, 10), told(name, 40), told(name, lastMinute)], [name, '', fires, '']);
  }
});
