import type { Prometheus, Series } from '../daemons/prometheus.ts';
import { type Chain, sqlServerOf } from './chain.ts';

/** A failure that pages, and how it shows on the way to the page. */
export interface PagingCase {
  readonly scenario: 'not-healthy' | 'split-brain';
  readonly alert: string;
  readonly verdict: string;
  /** The end whose poll sees the change. */
  readonly seenAt: 'sqlServer' | 'managedInstance';
}

export const pagingCases = {
  notHealthy: {
    scenario: 'not-healthy',
    // The one that names the database; that of the link says no more.
    alert: 'MilinkDatabaseNotHealthy',
    verdict: 'not_healthy',
    seenAt: 'sqlServer',
  },
  splitBrain: {
    scenario: 'split-brain',
    alert: 'MilinkLinkSplitBrain',
    verdict: 'split_brain',
    seenAt: 'managedInstance',
  },
} as const satisfies Record<string, PagingCase>;

/** Seconds from one event to the next, from the change in the simulated server to the page. */
export interface PageTimes {
  /** Until the poll that saw it had ended. */
  readonly poll: number;
  /** Until Prometheus scraped that. */
  readonly scrape: number;
  /** Until the rule's expression held, its group's evaluation interval. */
  readonly rule: number;
  /** Until the alert fired: what it waits, in whole evaluations. */
  readonly for: number;
  /** Until the webhook was called: `group_wait`, and the way there. */
  readonly alertmanager: number;
  readonly total: number;
}

/** Takes a failure's way apart, from what Prometheus stored and when the page arrived. */
export async function pageTimes(
  { prometheus, webhook }: Pick<Chain, 'prometheus' | 'webhook'>,
  { alert, verdict, seenAt }: PagingCase,
  { managedInstance, changedAtMilliseconds }: { managedInstance: string; changedAtMilliseconds: number },
): Promise<PageTimes> {
  const changed = changedAtMilliseconds / 1000;
  const server = seenAt === 'sqlServer' ? sqlServerOf(managedInstance) : managedInstance;
  const ofLink = `managed_instance="${managedInstance}"`;
  const scraped = await firstSample(prometheus, `milink_link_verdict{${ofLink},verdict="${verdict}"}`, '1');
  // The page that was scraped then says when the poll behind it ended.
  const polled = await valueAt(prometheus, `milink_last_success_timestamp_seconds{server="${server}"}`, scraped);
  const judged = await firstAfter(prometheus, `milink:evidence:bad{${ofLink},alert="${alert} critical"}`);
  const fired = await firstSample(prometheus, `ALERTS{${ofLink},alertname="${alert}",alertstate="firing"}`, '1');
  const arrived = webhook.notifications.find(({ alerts }) =>
    alerts.some(({ labels }) => labels.alertname === alert && labels.managed_instance === managedInstance),
  );
  if (arrived === undefined) throw new Error(`no page of ${alert} for ${managedInstance} has arrived`);
  const paged = arrived.atMilliseconds / 1000;
  return {
    poll: polled - changed,
    scrape: scraped - polled,
    rule: judged - scraped,
    for: fired - judged,
    alertmanager: paged - fired,
    total: paged - changed,
  };
}

async function only(prometheus: Prometheus, selector: string): Promise<Series> {
  const [series, ...others] = await prometheus.samples(selector, '1h');
  if (series === undefined || others.length > 0)
    throw new Error(`${selector} has ${others.length + (series ? 1 : 0)} series, not 1`);
  return series;
}

async function firstSample(prometheus: Prometheus, selector: string, value: string): Promise<number> {
  const found = (await only(prometheus, selector)).values.find(([, text]) => text === value);
  if (found === undefined) throw new Error(`${selector} was never ${value}`);
  return found[0];
}

/** When a recorded series got its first sample. */
async function firstAfter(prometheus: Prometheus, selector: string): Promise<number> {
  const [first] = (await only(prometheus, selector)).values;
  if (first === undefined) throw new Error(`${selector} has no sample`);
  return first[0];
}

async function valueAt(prometheus: Prometheus, selector: string, timestampSeconds: number): Promise<number> {
  const found = (await only(prometheus, selector)).values.find(([at]) => at === timestampSeconds);
  if (found === undefined) throw new Error(`${selector} has no sample at ${timestampSeconds}`);
  return Number(found[1]);
}

const partNames = {
  poll: 'poll',
  scrape: 'scrape',
  rule: 'rule',
  for: 'for',
  alertmanager: 'Alertmanager',
  total: 'total',
} as const satisfies Record<keyof PageTimes, string>;

/** The parts in their order, the sum last, each with its name for people. */
export const timeParts = Object.entries(partNames) as readonly (readonly [keyof PageTimes, string])[];

/** One line for people. */
export function timesText(times: PageTimes): string {
  return timeParts.map(([part, name]) => `${name} ${times[part].toFixed(1)} s`).join(', ');
}
