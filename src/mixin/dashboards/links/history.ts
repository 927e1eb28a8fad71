import { databaseSecondaryLagSeconds } from '../../../metrics/families/database.ts';
import { linkPrimaries } from '../../../metrics/families/link.ts';
import { seedingDatabaseSizeBytes, seedingTransferredBytes } from '../../../metrics/families/seeding.ts';
import { mixinConfig } from '../../config.ts';
import { type Select, selectorWith } from '../../promql.ts';
import {
  healthyShare,
  levelDays,
  lossSeenShare,
  lossShare,
  recoverySeenShare,
  recoveryShare,
  seenShare,
} from '../../recording/levels.ts';
import type { RecordedMetric } from '../../rules.ts';
import { certificateSteps, lagSteps, shareSteps } from '../look.ts';
import { queryLetter, timelinePanel, timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import {
  byLink,
  certificateOfLinkEndsIn,
  chartLines,
  days,
  type Instant,
  linkName,
  outermost,
  timelineLines,
  withoutOthers,
} from '../queries.ts';
import { primaryWords, stateNumber, stateWords, verdictMetric, verdictStates } from '../states.ts';
import { type Column, linkColumn, managedInstanceColumn, tablePanel } from '../table-panel.ts';
import { chosenLink, select } from '../variables.ts';

const { certificateCriticalHours, certificateWarningDays } = mixinConfig;

/** Since when. */
export function verdictHistory(): UnplacedPanel {
  return timelinePanel(
    {
      id: 21,
      title: 'Verdicts over time, the 20 worst now',
      description:
        'Since when a link has been in its state. A gap means that no exporter was scraped. Of more than 20 links those whose verdict is the worst now.',
      unit: 'none',
      queries: [
        {
          expression: outermost('bottomk', timelineLines, (at) =>
            stateNumber(verdictMetric, verdictStates, chosenLink, at),
          ),
          legend: linkName,
        },
      ],
      whenEmpty: 'The exporters report no link.',
    },
    stateWords(verdictStates),
  );
}

const primaries = (at: Instant): string => `max ${byLink} (${select(linkPrimaries, chosenLink)}${at})`;

/** Whether there is exactly one primary. */
export function primaryEnds(): UnplacedPanel {
  return timelinePanel(
    {
      id: 30,
      title: 'Primary ends, 20 links',
      description:
        'How many ends have the role PRIMARY, of the links first that have not one now. Two are a split brain; none is normal for seconds in a failover. A gap: one end was not seen, so the number is not known.',
      unit: 'none',
      queries: [
        {
          expression: withoutOthers(primaries(''), `topk(${timelineLines}, `, `abs(${primaries(' @ end()')} - 1)`, [
            'link',
            'managed_instance',
          ]),
          legend: linkName,
        },
      ],
      whenEmpty: 'No link has both of its ends seen.',
    },
    primaryWords,
  );
}

/** Who falls behind. */
export function lagByLink(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 31,
      title: 'Lag of the slowest database, the ten worst',
      description:
        'How far the database of each link that is furthest behind is behind its primary, of the ten links that are furthest behind now. Rising: the log is written faster than it arrives. A line that ends: suspended or not connected, see the verdict.',
      unit: 's',
      queries: [
        {
          expression: outermost(
            'topk',
            chartLines,
            (at) => `max ${byLink} (${select(databaseSecondaryLagSeconds, chosenLink)}${at})`,
          ),
          legend: linkName,
        },
      ],
      whenEmpty: 'No primary end tells its lag.',
    },
    { steps: lagSteps },
  );
}

/** The first copy of each database. */
export function seedingProgress(): UnplacedPanel {
  const by = 'by (link, managed_instance, database)';
  const sum = (metric: typeof seedingDatabaseSizeBytes, at: Instant): string =>
    `max ${by} (${select(metric, chosenLink)}${at})`;
  const part = (at: Instant): string => `${sum(seedingTransferredBytes, at)}\n/ ${sum(seedingDatabaseSizeBytes, at)}`;
  return timeseriesPanel({
    id: 32,
    title: 'Seeding: sent of the size, the ten that have least',
    description:
      'Part of each database that was sent. A compressed transfer ends well below 100 %. A line that stands still is stuck: see the dashboard Seeding.',
    unit: 'percentunit',
    queries: [
      {
        expression: outermost('bottomk', chartLines, part, ['link', 'managed_instance', 'database']),
        legend: '{{link}} {{managed_instance}} {{database}}',
      },
    ],
    whenEmpty: 'No database is being seeded, as usual.',
  });
}

/** How long the link's certificates last. */
export function certificatesByLink(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 33,
      title: 'Certificates: time left, the next ten',
      description: `Time until the first certificate of each link ends, of SQL Server's own and the imported roots. It falls by a day each day and jumps up when the certificate is renewed. Under ${certificateWarningDays} days: plan the renewal; under ${certificateCriticalHours} hours: renew now.`,
      unit: days,
      queries: [{ expression: outermost('bottomk', chartLines, certificateOfLinkEndsIn), legend: linkName }],
      whenEmpty: 'No certificate is visible: the login may lack VIEW ANY DEFINITION.',
    },
    { steps: certificateSteps },
  );
}

/** What Prometheus records has no job and no instance; without its name, so that the figures of a link make one row. */
const written: Select = selectorWith({});
const recordedOf = (metric: RecordedMetric<'link' | 'managed_instance'>, at: Instant = ''): string =>
  `max ${byLink} (${written(metric, chosenLink)}${at})`;

const share = (title: string): Omit<Column, 'from'> => ({
  title,
  unit: 'percentunit',
  decimals: 2,
  look: shareSteps,
  isQuiet: true,
});

const seenShareOf = (title: string): Omit<Column, 'from'> => ({ title, unit: 'percentunit', decimals: 0 });

const levelColumns: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  ...levelDays.map((days) => [recordedOf(healthyShare(days)), share(`Healthy, ${days} d`)] as const),
  ...levelDays.map((days) => [recordedOf(lossShare(days)), share(`Loss kept, ${days} d`)] as const),
  ...levelDays.map((days) => [recordedOf(recoveryShare(days)), share(`Recovery kept, ${days} d`)] as const),
  [recordedOf(seenShare(30)), seenShareOf('Seen, 30 d')],
  [recordedOf(lossSeenShare(30)), seenShareOf('Loss seen, 30 d')],
  [recordedOf(recoverySeenShare(30)), seenShareOf('Recovery seen, 30 d')],
];

/** What the monthly review asks for. */
export function levelsTable(): UnplacedPanel {
  return tablePanel(
    {
      id: 40,
      title: 'Service levels, worst first',
      description:
        'The share of the time that was seen in which the link was healthy, a forced failover would have kept to the recovery point objective, and the copy could have been used within the recovery time objective. A time that no exporter saw is in neither, nor is one in which a database had no figure while no other missed the objective: Seen, Loss seen and Recovery seen say how much that leaves. From the recording rules of deploy/prometheus/rules, as far back as Prometheus keeps data.',
      unit: 'none',
      queries: levelColumns.map(([expression]) => ({ expression, legend: linkName })),
      whenEmpty: 'Not recorded yet: load milink-rules.yaml. The first shares come within an hour.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        ...levelColumns.map(([, column], index) => ({ ...column, from: { query: queryLetter(index) } })),
      ],
      sortBy: 'Healthy, 30 d',
    },
  );
}

/** Whether it gets better or worse. */
export function levelsOverTime(): UnplacedPanel {
  const month = (at: Instant): string => recordedOf(healthyShare(30), at);
  return timeseriesPanel(
    {
      id: 41,
      title: 'Healthy over 30 days, the ten worst',
      description:
        'The share of the 30 days before each instant in which the link was healthy. It falls in an outage and comes back a month later.',
      unit: 'percentunit',
      queries: [{ expression: outermost('bottomk', 10, month), legend: linkName }],
      whenEmpty: 'Not recorded yet: load milink-rules.yaml.',
    },
    { steps: shareSteps, canBeNegative: true },
  );
}
