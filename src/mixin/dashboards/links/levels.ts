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
import { timeseriesPanel } from '../chart-panels.ts';
import { queryLetter, type UnplacedPanel } from '../frame.ts';
import { shareSteps } from '../look.ts';
import { byLink, type Instant, linkName, outermost } from '../queries.ts';
import { type Column, linkColumn, managedInstanceColumn, tablePanel } from '../table-panel.ts';
import { chosenLink } from '../variables.ts';

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

const seen = (title: string): Omit<Column, 'from'> => ({ title, unit: 'percentunit', decimals: 0 });

const queries: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  ...levelDays.map((days) => [recordedOf(healthyShare(days)), share(`Healthy, ${days} d`)] as const),
  ...levelDays.map((days) => [recordedOf(lossShare(days)), share(`Loss kept, ${days} d`)] as const),
  ...levelDays.map((days) => [recordedOf(recoveryShare(days)), share(`Recovery kept, ${days} d`)] as const),
  [recordedOf(seenShare(30)), seen('Seen, 30 d')],
  [recordedOf(lossSeenShare(30)), seen('Loss seen, 30 d')],
  [recordedOf(recoverySeenShare(30)), seen('Recovery seen, 30 d')],
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
      queries: queries.map(([expression]) => ({ expression, legend: linkName })),
      whenEmpty: 'Not recorded yet: load milink-rules.yaml. The first shares come within an hour.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        ...queries.map(([, column], index) => ({ ...column, from: { query: queryLetter(index) } })),
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
