import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comes } from '../daemons/comes.ts';
import { type Chain, startChain } from './chain.ts';
import { type PagingCase, pageTimes, pagingCases, timesText } from './page-times.ts';

/** A minute of the shipped files takes two seconds here. */
const factor = 30;
/** Far beyond what any of it takes. */
const patienceSeconds = 120;
const failing = new Map<string, PagingCase>([
  ['mi-stuck', pagingCases.notHealthy],
  ['mi-forked', pagingCases.splitBrain],
]);

test('a NOT_HEALTHY link and a split brain page once each, resolve after recovery, and nothing else pages', async (context) => {
  const scope = new AsyncDisposableStack();
  context.after(() => scope.disposeAsync());
  const managedInstances = [...failing.keys(), 'mi-healthy'];
  const chain = await startChain(scope, { managedInstances, pollIntervalSeconds: 1, factor });
  await comes('a scrape of three healthy links', async () => (await verdicts(chain, 'healthy')) === 3, patienceSeconds);

  const changedAtMilliseconds = Date.now();
  for (const [managedInstance, { scenario }] of failing) chain.pairs.get(managedInstance)?.setScenario(scenario);
  const expected = [...failing].map(([managedInstance, { alert }]) => `${alert} ${managedInstance}`).sort();
  const have = (wanted: 'firing' | 'resolved') => (): boolean =>
    expected.every((page) => pages(chain, wanted).includes(page));
  await chain.webhook.until('both pages', have('firing'), patienceSeconds);
  for (const [managedInstance, pagingCase] of failing) {
    const times = await pageTimes(chain, pagingCase, { managedInstance, changedAtMilliseconds });
    context.diagnostic(`${pagingCase.alert}, durations divided by ${factor}: ${timesText(times)}`);
  }

  for (const managedInstance of failing.keys()) chain.pairs.get(managedInstance)?.setScenario('healthy');
  await chain.webhook.until('both pages resolved', have('resolved'), patienceSeconds);
  await comes('no page any more', async () => (await critical(chain)) === 0, patienceSeconds);
  assert.deepEqual([...new Set(pages(chain, 'firing'))].sort(), expected);
});

/**
 * What somebody was woken for about a link, or told that it is over: the name and link of each alert of each notification. Not
 * what is about the scrape: a thirtieth of its time limit is a third of a second, which a busy machine takes for itself, and
 * Prometheus takes up to five seconds from its start to its first one, whatever its files say.
 */
function pages({ webhook }: Chain, wanted: 'firing' | 'resolved'): string[] {
  return webhook.notifications
    .filter(({ receiver }) => receiver === 'on-call')
    .flatMap(({ alerts }) => alerts.filter(({ status }) => status === wanted))
    .filter(({ labels }) => labels.link !== undefined)
    .map(({ labels }) => `${labels.alertname} ${labels.managed_instance}`);
}

/** How many critical alerts fire or wait to; one about what happened lately goes on for as long as its expression looks back. */
async function critical({ prometheus }: Chain): Promise<number> {
  return (await prometheus.alerts()).filter(({ labels }) => labels.severity === 'critical').length;
}

/** How many links have that verdict in Prometheus. */
async function verdicts({ prometheus }: Chain, verdict: string): Promise<number> {
  const series = await prometheus.samples(`milink_link_verdict{verdict="${verdict}"}`, '5s');
  return series.filter(({ values }) => values.at(-1)?.[1] === '1').length;
}
