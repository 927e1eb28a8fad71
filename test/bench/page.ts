import { setTimeout as wait } from 'node:timers/promises';
import { comes } from '../daemons/comes.ts';
import { type Chain, startChain } from '../e2e/chain.ts';
import { type PageTimes, type PagingCase, pageTimes, pagingCases, timeParts } from '../e2e/page-times.ts';

/** How many links fail in each way; each fails at another moment between two polls. */
const linksPerCase = 8;
/** The default of the exporter; those of Prometheus and Alertmanager are in the shipped files. */
const pollIntervalSeconds = 15;
const patienceSeconds = 600;

interface Failing {
  readonly managedInstance: string;
  readonly pagingCase: PagingCase;
}

/**
 * Measures how long a failure takes to page: the shipped configuration and rules with their own intervals, simulated servers,
 * and a webhook receiver for a pager.
 */
async function bench(): Promise<void> {
  await using scope = new AsyncDisposableStack();
  const failing = Object.values(pagingCases).flatMap((pagingCase) =>
    Array.from({ length: linksPerCase }, (_, index): Failing => {
      return { managedInstance: `mi-${pagingCase.scenario}-${index + 1}`, pagingCase };
    }),
  );
  say(`starting ${failing.length} links, the exporter, Prometheus and Alertmanager`);
  const managedInstances = failing.map(({ managedInstance }) => managedInstance);
  const chain = await startChain(scope, { managedInstances, pollIntervalSeconds, factor: 1 });
  await comes('a scrape of healthy links', () => areHealthy(chain, failing.length), patienceSeconds);
  say(`letting each of them fail, then waiting for ${failing.length} pages: about two minutes`);
  const changes = await Promise.all(failing.map((each, index) => failAfter(chain, each, index)));
  await chain.webhook.until('all pages', () => pagesOf(chain) >= failing.length, patienceSeconds);
  const failures = await failedPolls(chain);
  if (failures > 0) say(`${failures} polls failed: the machine is too busy for these figures to mean anything`);
  for (const pagingCase of Object.values(pagingCases)) {
    const own = changes.filter((change) => change.pagingCase === pagingCase);
    const times = await Promise.all(own.map((change) => pageTimes(chain, pagingCase, change)));
    process.stdout.write(report(pagingCase.alert, times));
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function areHealthy({ prometheus }: Chain, count: number): Promise<boolean> {
  const series = await prometheus.samples('milink_link_verdict{verdict="healthy"}', '1m');
  return series.filter(({ values }) => values.at(-1)?.[1] === '1').length === count;
}

async function failedPolls({ prometheus }: Chain): Promise<number> {
  const series = await prometheus.samples('milink_poll_failures_total', '1m');
  return series.reduce((sum, { values }) => sum + Number(values.at(-1)?.[1] ?? 0), 0);
}

/** The links of a case fail at moments that are spread evenly over the time between two polls. */
async function failAfter(
  { pairs }: Chain,
  failing: Failing,
  index: number,
): Promise<Failing & { readonly changedAtMilliseconds: number }> {
  await wait(((index % linksPerCase) / linksPerCase) * pollIntervalSeconds * 1000);
  pairs.get(failing.managedInstance)?.setScenario(failing.pagingCase.scenario);
  return { ...failing, changedAtMilliseconds: Date.now() };
}

function pagesOf({ webhook }: Chain): number {
  const wanted: readonly string[] = Object.values(pagingCases).map(({ alert }) => alert);
  const named = webhook.notifications.flatMap(({ alerts }) => alerts.map(({ labels }) => labels.alertname ?? ''));
  return named.filter((name) => wanted.includes(name)).length;
}

function report(alert: string, times: readonly PageTimes[]): string {
  const rows = timeParts.map(([part, name]) => {
    const sorted = times.map((each) => each[part]).sort((one, other) => one - other);
    const at = (share: number): string => `${(sorted[Math.round((sorted.length - 1) * share)] ?? 0).toFixed(1)} s`;
    return `  ${name.padEnd(14)}${[0, 0.5, 1].map((share) => at(share).padStart(10)).join('')}\n`;
  });
  return `${alert}, ${times.length} links\n  ${' '.repeat(14)}${['least', 'median', 'most'].map((head) => head.padStart(10)).join('')}\n${rows.join('')}`;
}

await bench();
