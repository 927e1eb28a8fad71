import { watchesFor } from '../../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { durationSeconds, type Severity } from '../../../src/mixin/rules.ts';
import { identity, type Labels, linkSeries, type RuleCase, seriesText } from '../rule-case.ts';

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Fault {
  readonly alert: string;
  readonly severity: Severity;
  readonly labels: Labels;
  /** The series by what it reads when it is well and when it is not. */
  readonly series: (exporter: Labels) => Readonly<Record<string, { readonly well: string; readonly wrong: string }>>;
}

const server = 'sql-prod';
const row = (name: string, labels: Labels, [well, wrong]: readonly [string, string]) => ({
  [linkSeries(name, labels)]: { well, wrong },
});

const faults: readonly Fault[] = [
  {
    alert: 'MilinkLinkNotHealthy',
    severity: 'critical',
    labels: identity,
    series: (exporter) =>
      row('milink_replica_synchronization_health', { ...exporter, server, replica: 'partner', health: 'NOT_HEALTHY' }, [
        '0',
        '1',
      ]),
  },
  {
    alert: 'MilinkLinkDisconnected',
    severity: 'critical',
    labels: identity,
    series: (exporter) => row('milink_replica_connected', { ...exporter, server, replica: 'partner' }, ['1', '0']),
  },
  {
    alert: 'MilinkDatabaseSuspended',
    severity: 'critical',
    labels: { ...identity, database: 'Sales' },
    series: (exporter) =>
      row('milink_database_suspended', { ...exporter, server, database: 'Sales', replica: 'local' }, ['0', '1']),
  },
  {
    alert: 'MilinkDatabaseLagHigh',
    severity: 'warning',
    labels: { ...identity, database: 'Sales' },
    series: (exporter) =>
      row('milink_database_secondary_lag_seconds', { ...exporter, server, database: 'Sales' }, ['3', '3600']),
  },
  {
    alert: 'MilinkServerNotPolled',
    severity: 'warning',
    labels: { server },
    series: (exporter) => ({ [seriesText('milink_up', { ...exporter, server })]: { well: '1', wrong: '0' } }),
  },
];

/** How long the rules wait, as they are: a number here would go on trying what they were. */
function waitSecondsOf({ alert, severity }: Fault): number {
  const watch = watchesFor(settingsOf(mixinConfig)).find((each) => each.name === alert && each.severity === severity);
  if (watch === undefined) throw new Error(`${alert} ${severity} is no alert`);
  return durationSeconds(watch.wait);
}

const healthyMinutes = 10;
export const lastMinute = 60;

/** What a generated case is about, and what has to be seen in it. */
export interface GeneratedCase extends RuleCase {
  readonly kind: 'flapping' | 'short' | 'blind' | 'over';
}

/**
 * One link and one fault with a pattern in time, as one to three exporters see it, with scrapes lost:
 * - flapping: there for more than half of any quarter of an hour: told from a quarter of an hour on, without a break
 * - short: one stretch shorter than the alert's wait: never told
 * - blind: told, and then nobody looks any more: told on
 * - over: told, and then well for long enough: not told any more
 *
 * Samples are `stepSeconds` apart. Now and then one is no number, and every exporter names its texts differently, as two versions do.
 */
export function generatedCase(seed: number, stepSeconds: number): GeneratedCase {
  const random = randomFrom(seed);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const fault = one(faults);
  const kind = one(['flapping', 'short', 'blind', 'over'] as const);
  const steps = Math.floor((lastMinute * 60) / stepSeconds);
  const begin = Math.floor((healthyMinutes * 60) / stepSeconds);
  const wrong = patternOf(kind, { fault, steps, begin, stepSeconds, between });
  // A short stretch is seen whole; else up to four scrapes of five are lost, at each exporter for itself.
  const lossShare = one([0, 0, 0.2, 0.5, 0.8]);
  const seenUntil = kind === 'blind' ? begin + Math.floor(1800 / stepSeconds) : steps;
  const exporters = Array.from({ length: between(1, 3) }, (_, index) => ({
    job: 'milink-exporter',
    instance: `${'abc'[index]}:10522`,
  }));
  const sights = exporters.map((exporter) => {
    const seen = Array.from({ length: steps }, (_, step) => step < seenUntil && random() >= lossShare);
    return { exporter, sight: { wrong, seen, odd: seen.map(() => kind !== 'short' && random() < 0.03), stepSeconds } };
  });
  const told = [{ alertname: fault.alert, severity: fault.severity, ...fault.labels }];
  const isTold = kind === 'flapping' || kind === 'blind';
  const evidence = evidenceOf(sights.map(({ sight }) => sight));
  const waitSeconds = waitSecondsOf(fault);
  const at = timesOf(kind).filter((minute) => !isTold || isSeenFor(waitSeconds, evidence, minute * 60));
  return {
    name: `${seed} ${kind} ${fault.alert} by ${exporters.length} losing ${lossShare}`,
    kind,
    alert: fault.alert,
    series: Object.fromEntries(sights.flatMap(({ exporter, sight }) => seriesOf(fault, exporter, sight))),
    firing: Object.fromEntries(at.map((minute) => [`${minute}m`, isTold ? told : []])),
  };
}

/** When anybody saw it wrong, in seconds. */
function evidenceOf(sights: readonly Sight[]): readonly number[] {
  return sights.flatMap(({ wrong, seen, odd, stepSeconds }) =>
    wrong.flatMap((isWrong, step) => (isWrong && seen[step] && !odd[step] ? [step * stepSeconds] : [])),
  );
}

/** Whether what was seen up to then spans the alert's wait: scrapes may be lost until nobody could tell it (seed 642). */
function isSeenFor(waitSeconds: number, evidence: readonly number[], untilSeconds: number): boolean {
  const own = evidence.filter((seconds) => seconds <= untilSeconds);
  return Math.max(...own) - Math.min(...own) >= waitSeconds;
}

function timesOf(kind: GeneratedCase['kind']): readonly number[] {
  if (kind === 'short') return [11, 13, 16, 20, 30, 45, 59];
  return kind === 'over' ? [55, 59] : [26, 28, 31, 34, 37, 40, 43, 46, 49, 52, 55, 58, 59];
}

interface Pattern {
  readonly fault: Fault;
  readonly steps: number;
  readonly begin: number;
  readonly stepSeconds: number;
  readonly between: (low: number, high: number) => number;
}

/** When it is wrong, step by step. */
function patternOf(
  kind: GeneratedCase['kind'],
  { fault, steps, begin, stepSeconds, between }: Pattern,
): readonly boolean[] {
  const period = between(2, 20);
  const present = Math.max(Math.ceil(period * 0.6), period - between(0, 4));
  const shortSteps = between(1, Math.max(1, Math.floor(waitSecondsOf(fault) / stepSeconds) - 1));
  const overAt = begin + Math.floor(1200 / stepSeconds);
  return Array.from({ length: steps }, (_, step) => {
    if (step < begin) return false;
    if (kind === 'short') return step < begin + shortSteps;
    if (kind === 'blind') return true;
    if (kind === 'over') return step < overAt;
    return (step - begin) % period < present;
  });
}

interface Sight {
  readonly wrong: readonly boolean[];
  readonly seen: readonly boolean[];
  /** Samples that are NaN. */
  readonly odd: readonly boolean[];
  readonly stepSeconds: number;
}

function seriesOf(
  fault: Fault,
  exporter: Labels,
  { wrong, seen, odd, stepSeconds }: Sight,
): readonly (readonly [string, string])[] {
  const values = (value: (step: number) => string): string =>
    seen.map((isSeen, step) => (isSeen ? value(step) : seen[step - 1] === true ? 'stale' : '_')).join(' ');
  const own = Object.entries(fault.series(exporter)).map(
    ([name, words]) =>
      [name, values((step) => (odd[step] === true ? 'NaN' : wrong[step] === true ? words.wrong : words.well))] as const,
  );
  const polled = [
    [
      seriesText('milink_last_poll_timestamp_seconds', { ...exporter, server }),
      values((step) => String(step * stepSeconds)),
    ],
    [linkSeries('milink_link_verdict', { ...exporter, verdict: 'healthy' }), values(() => '1')],
    [
      seriesText('milink_error_info', {
        ...exporter,
        error: '35206',
        severity: 'warning',
        name: `name by ${exporter.instance}`,
      }),
      values(() => '1'),
    ],
    [seriesText('up', exporter), seen.map((isSeen) => (isSeen ? '1' : '0')).join(' ')],
  ] as const;
  const up = seriesText('milink_up', { ...exporter, server });
  return [...polled, ...(own.some(([name]) => name === up) ? [] : [[up, values(() => '1')] as const]), ...own];
}
