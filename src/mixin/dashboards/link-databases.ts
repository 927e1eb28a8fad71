import {
  databaseEstimatedDataLossSeconds,
  databaseEstimatedRecoverySeconds,
  databaseLogReuseWait,
  databaseLogSendQueueBytes,
  databaseLogSendRateBytesPerSecond,
  databaseRedoQueueBytes,
  databaseSecondaryLagSeconds,
} from '../../metrics/families/database.ts';
import { databaseLogTimeLeftSeconds } from '../../metrics/families/database-log.ts';
import { databaseSuspended } from '../../metrics/families/database-state.ts';
import { linkFailoverReady } from '../../metrics/families/link-database.ts';
import type { Metric } from '../selector.ts';
import { queryLetter, type UnplacedPanel } from './frame.ts';
import { dataLossSteps, lagSteps, logHoursSteps, redoQueueSteps, sendQueueSteps } from './limits.ts';
import { stateNumber, stateWords } from './state-number.ts';
import { synchronizationMetric, synchronizationStates } from './states.ts';
import { type Column, tablePanel } from './table-panel.ts';
import { chosenDatabase, chosenLink, select } from './variables.ts';

const chosen = { ...chosenLink, ...chosenDatabase };
const labels = ['link', 'managed_instance', 'database'] as const;
const byDatabase = `by (${labels.join(', ')})`;
const most = (metric: Metric): string => `max ${byDatabase} (${select<string>(metric, chosen)})`;

const queries: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  [
    stateNumber({ ...synchronizationMetric, by: labels }, synchronizationStates, chosen),
    { title: 'Worst copy', look: stateWords(synchronizationStates), isQuiet: true, widthPixels: 150 },
  ],
  [
    most(databaseSuspended),
    {
      title: 'Movement',
      look: [
        { value: 0, text: 'moving', color: 'green' },
        { value: 1, text: 'suspended', color: 'orange' },
      ],
      isQuiet: true,
      widthPixels: 100,
    },
  ],
  [most(databaseSecondaryLagSeconds), { title: 'Lag', unit: 's', look: lagSteps, isQuiet: true }],
  [most(databaseEstimatedDataLossSeconds), { title: 'Loss if forced', unit: 's', look: dataLossSteps, isQuiet: true }],
  [most(databaseLogSendQueueBytes), { title: 'To send', unit: 'bytes', look: sendQueueSteps, isQuiet: true }],
  [most(databaseLogSendRateBytesPerSecond), { title: 'Send rate', unit: 'binBps' }],
  [most(databaseRedoQueueBytes), { title: 'To redo', unit: 'bytes', look: redoQueueSteps, isQuiet: true }],
  [most(databaseEstimatedRecoverySeconds), { title: 'To recover', unit: 's' }],
  [
    `min ${byDatabase} (${select(databaseLogTimeLeftSeconds, chosen)}) / 3600`,
    { title: 'Log full in', unit: 'suffix: hours', look: logHoursSteps, isQuiet: true, decimals: 1 },
  ],
  [
    `min ${byDatabase} (${select(linkFailoverReady, chosen)})`,
    {
      title: 'Failover',
      look: [
        { value: 0, text: 'not yet', color: 'blue' },
        { value: 1, text: 'ready', color: 'green' },
      ],
      isQuiet: true,
      widthPixels: 90,
    },
  ],
  [
    `max ${byDatabase} (${select(databaseLogReuseWait, { ...chosen, reason: 'AVAILABILITY_REPLICA' })})`,
    { title: 'Log', look: [{ value: 1, text: 'held by the link', color: 'orange' }], widthPixels: 120 },
  ],
];

/** All that is known of each database of the link, in one row. */
export function databasesNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 51,
      title: 'Databases, worst copy first',
      description:
        'One row per database: the worse of its copies, what a forced failover would lose, what waits to be sent and redone, how long the log lasts, and whether a planned failover may start. An empty cell is not known or does not apply.',
      unit: 'none',
      queries: queries.map(([expression]) => ({ expression, legend: '{{database}}' })),
      whenEmpty: 'No copy of a database is seen.',
    },
    {
      columns: [
        { title: 'Database', from: { label: 'database' } },
        ...queries.map(([, column], index) => ({ ...column, from: { query: queryLetter(index) } })),
      ],
      sortBy: 'Worst copy',
    },
  );
}
