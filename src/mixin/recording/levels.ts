import { databaseEstimatedDataLossSeconds, databaseEstimatedRecoverySeconds } from '../../metrics/families/database.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { linkDatabasePresent } from '../../metrics/families/link-database.ts';
import { databaseKeys, linkKeys, selectFor } from '../alerts/link-series.ts';
import type { Settings } from '../config.ts';
import { by, type Metric, on } from '../promql.ts';
import { type RecordedMetric, type RecordingRule, type RuleGroup, recorded } from '../rules.ts';

const link = ['link', 'managed_instance'] as const;
type LinkLabel = (typeof link)[number];

/** What an exporter only says who has seen it: the other one is right that could not see as much, and is wrong about these. */
const seenToBeBroken = [
  'split_brain',
  'missing',
  'no_primary',
  'seeding_failed',
  'disconnected',
  'suspended',
  'not_healthy',
].join('|');

/** Over so many days a share is asked for in a review. */
export const levelDays = [7, 30, 90] as const;

/**
 * Shares of 90 days are counted from sums of ten minutes: the samples themselves would be more than a query of Prometheus may
 * load. An evaluation that is missed is a time that was not seen.
 */
const sumsEvery = '10m';
const sumsPerDay = 144;
const sharesEvery = '1h';

const healthy = recorded('link', linkVerdict, { operation: 'healthy', labels: link });
const lossMet = recorded('link', databaseEstimatedDataLossSeconds, { operation: 'met', labels: link });
const recoveryMet = recorded('link', databaseEstimatedRecoverySeconds, { operation: 'met', labels: link });

/** Databases of the link without the figure: what they would lose, or how long they would need, nobody can tell. */
const lossUntold = recorded('link', databaseEstimatedDataLossSeconds, { operation: 'untold', labels: link });
const recoveryUntold = recorded('link', databaseEstimatedRecoverySeconds, { operation: 'untold', labels: link });

const objectives = [
  { kept: healthy, what: 'in which the link was healthy', seen: 'was seen at all' },
  {
    kept: lossMet,
    what: 'in which a forced failover would have kept to the recovery point objective',
    seen: 'it was seen what every database would have lost',
  },
  {
    kept: recoveryMet,
    what: 'in which the copy could have been used within the recovery time objective',
    seen: 'it was seen how long every copy would have needed',
  },
] as const;

/** The share of so many days in which the link was healthy, or an objective met. */
export const healthyShare = (days: number): RecordedMetric<LinkLabel> => derived(healthy, `avg${days}d`);
export const lossShare = (days: number): RecordedMetric<LinkLabel> => derived(lossMet, `avg${days}d`);
export const recoveryShare = (days: number): RecordedMetric<LinkLabel> => derived(recoveryMet, `avg${days}d`);
/** The share of so many days in which anybody saw the link, and in which each of its databases had the figure of an objective. */
export const seenShare = (days: number): RecordedMetric<LinkLabel> => derived(healthy, `seen${days}d`);
export const lossSeenShare = (days: number): RecordedMetric<LinkLabel> => derived(lossMet, `seen${days}d`);
export const recoverySeenShare = (days: number): RecordedMetric<LinkLabel> => derived(recoveryMet, `seen${days}d`);

function derived(of: Metric, operation: string): RecordedMetric<LinkLabel> {
  return { name: `${of.name}_${operation}`, labels: link };
}

/**
 * Service levels: 1 while it is kept, 0 while it is not, and nothing while nobody can tell. Averaged over any time they give
 * the share of the time that was seen, whatever gaps there were.
 */
function stateRules(settings: Settings): RuleGroup<RecordingRule> {
  const select = selectFor(settings);
  const perLink = by(settings, linkKeys);
  const known = `${select(linkVerdict, { verdict: 'healthy' })} unless ignoring (verdict) (${select(linkVerdict, { verdict: 'unknown' })} == 1)`;
  const broken = `max ${perLink} (${select(linkVerdict, { verdict: { matches: seenToBeBroken } })})`;
  return {
    name: 'milink-level-records',
    rules: [
      {
        record: healthy,
        expression: `(max ${perLink} (${known}))\n* (1 - ${broken})`,
        why: 'Whether the link is healthy, once however many exporters scrape it. An exporter that sees nothing of the link says neither.',
      },
      ...objectiveRules(settings, {
        figure: databaseEstimatedDataLossSeconds,
        most: settings.dataLossSeconds,
        records: { untold: lossUntold, met: lossMet },
        what: 'a forced failover would keep to the recovery point objective',
      }),
      ...objectiveRules(settings, {
        figure: databaseEstimatedRecoverySeconds,
        most: settings.recoverySeconds,
        records: { untold: recoveryUntold, met: recoveryMet },
        what: 'the copy could be used within the recovery time objective',
      }),
    ],
  };
}

interface Objective {
  readonly figure: Metric;
  readonly most: string;
  readonly records: { readonly untold: RecordedMetric<LinkLabel>; readonly met: RecordedMetric<LinkLabel> };
  readonly what: string;
}

/** An objective is met when every database of the link meets it, and missed when one of them does not. */
function objectiveRules(settings: Settings, { figure, most, records, what }: Objective): readonly RecordingRule[] {
  const select = selectFor(settings);
  const [perLink, perDatabase, onLink] = [by(settings, linkKeys), by(settings, databaseKeys), on(settings, linkKeys)];
  const worst = `max ${perLink} (${select(figure)})`;
  // In a split brain a failover is no question, and each end's figure is about the other.
  const torn = `max ${perLink} (${select(linkVerdict, { verdict: 'split_brain' })}) == 1`;
  const databases = `group ${perDatabase} (${select(linkDatabasePresent)})`;
  return [
    {
      record: records.untold,
      expression: `count ${perLink} (${databases} unless ${on(settings, databaseKeys)} ${select(figure)})`,
      why: `How many databases of the link nobody can tell of whether ${what}; absent where there are none.`,
    },
    {
      record: records.met,
      expression: [
        `(${worst} <= bool ${most})`,
        `unless ${onLink} (${torn})`,
        `unless ${onLink} (${worst} <= ${most} and ${onLink} ${records.untold.name})`,
      ].join('\n'),
      why: `Whether ${what}; nothing in a split brain, and while a database has no figure and no other misses the objective.`,
    },
  ];
}

function sumRules(): RuleGroup<RecordingRule> {
  return {
    name: 'milink-level-sums',
    interval: sumsEvery,
    rules: objectives.flatMap(({ kept, what }) => [
      {
        record: derived(kept, `sum${sumsEvery}`),
        expression: `sum_over_time(${kept.name}[${sumsEvery}])`,
        why: `Of ten minutes, the evaluations ${what}.`,
      },
      {
        record: derived(kept, `count${sumsEvery}`),
        expression: `count_over_time(${kept.name}[${sumsEvery}])`,
        why: 'Of ten minutes, the evaluations in which that was seen, so or otherwise.',
      },
    ]),
  };
}

function shareRules(): RuleGroup<RecordingRule> {
  const share = (of: Metric, days: number): string =>
    `sum_over_time(${of.name}_sum${sumsEvery}[${days}d])\n/ sum_over_time(${of.name}_count${sumsEvery}[${days}d])`;
  return {
    name: 'milink-level-shares',
    interval: sharesEvery,
    rules: levelDays.flatMap((days) => [
      ...objectives.map(({ kept, what }) => ({
        record: derived(kept, `avg${days}d`),
        expression: share(kept, days),
        why: `The share of ${days} days, as far as it was seen, ${what}. Prometheus has to keep its data as long.`,
      })),
      ...objectives.map(({ kept, seen }) => ({
        record: derived(kept, `seen${days}d`),
        expression: `clamp_max(count_over_time(${kept.name}_count${sumsEvery}[${days}d]) / ${days * sumsPerDay}, 1)`,
        why: `How much of ${days} days ${seen}: of little a share says little.`,
      })),
    ]),
  };
}

/** Whether each link keeps to what is asked of it, now and over 7, 30 and 90 days. */
export function levelGroups(settings: Settings): readonly RuleGroup<RecordingRule>[] {
  return [stateRules(settings), sumRules(), shareRules()];
}
