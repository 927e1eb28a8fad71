import {
  seedingAttempts,
  seedingCompressionEnabled,
  seedingDatabaseSizeBytes,
  seedingEstimatedCompletionTimestampSeconds,
  seedingFailed,
  seedingRateBytesPerSecond,
  seedingStalled,
  seedingStartTimestampSeconds,
  seedingState,
  seedingTransferredBytes,
} from '../../../metrics/families/seeding.ts';
import type { Metric } from '../../promql.ts';
import type { StateWord } from '../look.ts';
import { queryLetter, type UnplacedPanel } from '../panels.ts';
import { type Instant, withErrorName } from '../queries.ts';
import { type ColouredState, stateNumber, stateWords } from '../states.ts';
import { type Column, linkColumn, managedInstanceColumn, tablePanel } from '../table-panel.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from '../variables.ts';

/** What the reader chose. */
export const chosenTransfers = { ...chosenLink, ...chosenServer, ...chosenDatabase };

/** Each transfer is seen at both ends: `direction` is local to the server. */
export const transferLabels = ['server', 'link', 'managed_instance', 'database', 'direction'] as const;
type TransferLabel = (typeof transferLabels)[number];

/** Aggregations over exporters, and over exporters and ends. */
export const byTransfer = `by (${transferLabels.join(', ')})`;
export const databaseLabels = ['link', 'managed_instance', 'database'] as const;
export const byDatabase = `by (${databaseLabels.join(', ')})`;

/** A transfer as one end sees it. */
export const transferLegend = '{{database}}, {{direction}} at {{server}}';

/** A figure of each transfer as each end sees it, once however many exporters see it. */
export function ofTransfers(metric: Metric<TransferLabel>, at: Instant = ''): string {
  return `max ${byTransfer} (${select(metric, chosenTransfers)}${at})`;
}

/** A figure of each database that is being seeded, once although both ends see the transfer. */
export function ofDatabases(metric: Metric<TransferLabel>, at: Instant = ''): string {
  return `max ${byDatabase} (${select(metric, chosenTransfers)}${at})`;
}

/** Worst first; the set is open. */
export const attemptWords: readonly ColouredState[] = [
  ['FAILED', 'red'],
  ['LIMIT_CONCURRENT_BACKUPS', 'orange'],
  ['PENDING', 'yellow'],
  ['CHECK_IF_SEEDING_NEEDED', 'blue'],
  ['SEEDING', 'blue'],
  ['COMPLETED', 'green'],
];

const yesNo = (no: string, yes: string): readonly StateWord[] => [
  { value: 0, text: no, color: 'transparent' },
  { value: 1, text: yes, color: 'transparent' },
];

const transferQueries: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  [
    `${ofTransfers(seedingTransferredBytes)}\n/ ${ofTransfers(seedingDatabaseSizeBytes)}`,
    { title: 'Sent', unit: 'percentunit', decimals: 1, widthPixels: 80 },
  ],
  [ofTransfers(seedingTransferredBytes), { title: 'Bytes sent', unit: 'bytes', widthPixels: 100 }],
  [ofTransfers(seedingDatabaseSizeBytes), { title: 'Size', unit: 'bytes', widthPixels: 90 }],
  [ofTransfers(seedingRateBytesPerSecond), { title: 'Rate', unit: 'binBps', widthPixels: 100 }],
  [`time() - ${ofTransfers(seedingStartTimestampSeconds)}`, { title: 'Runs for', unit: 's', widthPixels: 100 }],
  [
    `${ofTransfers(seedingEstimatedCompletionTimestampSeconds)} - time()`,
    { title: 'Ends in', unit: 's', widthPixels: 100 },
  ],
  [ofTransfers(seedingCompressionEnabled), { title: 'Compressed', look: yesNo('no', 'yes'), widthPixels: 110 }],
  [
    ofTransfers(seedingStalled),
    {
      title: 'Moves',
      widthPixels: 90,
      look: [
        { value: 0, text: 'yes', color: 'green' },
        { value: 1, text: 'stalled', color: 'orange' },
      ],
    },
  ],
];

/** Every transfer that runs. */
export function transfersNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 10,
      title: 'Transfers, the longest first',
      description:
        'Each transfer as each end sees it: SOURCE and DESTINATION are its two ends. Sent need not reach 100 % where the transfer is compressed, and ends sooner than the server expects.',
      unit: 'none',
      queries: transferQueries.map(([expression]) => ({ expression, legend: transferLegend })),
      whenEmpty: 'No database is being seeded, as usual.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        { title: 'Database', from: { label: 'database' } },
        { title: 'Server', from: { label: 'server' } },
        { title: 'Direction', from: { label: 'direction' }, widthPixels: 110 },
        ...transferQueries.map(([, column], index) => ({ ...column, from: { query: queryLetter(index) } })),
      ],
      sortBy: 'Ends in',
      isDescending: true,
    },
  );
}

/** How each database fared. */
export function attemptsNow(): UnplacedPanel {
  const failed = `max by (${transferLabels.join(', ')}, error) (${select(seedingFailed, chosenTransfers)})`;
  return tablePanel(
    {
      id: 11,
      title: 'Newest attempt of each database, failed ones first',
      description:
        'How the newest attempt stands, how many there were, and the error of a failed one: what it means and what to do is in docs/errors.md. After too many failures the server gives up: remove the database from the link and add it again once the cause is gone.',
      unit: 'none',
      queries: [
        stateNumber({ metric: seedingState, label: 'state', by: transferLabels }, attemptWords, chosenTransfers),
        `max ${byTransfer} (${select(seedingAttempts, chosenTransfers)})`,
        withErrorName(failed),
      ].map((expression) => ({ expression, legend: transferLegend })),
      whenEmpty: 'No database was ever seeded here, or the view of attempts could not be read.',
    },
    {
      columns: [
        linkColumn,
        { title: 'Database', from: { label: 'database' } },
        { title: 'Server', from: { label: 'server' } },
        { title: 'State', from: { query: 'A' }, look: stateWords(attemptWords) },
        { title: 'Attempts', from: { query: 'B' }, widthPixels: 80 },
        { title: 'Error', from: { label: 'error' }, widthPixels: 80 },
        { title: 'Name', from: { label: 'name' } },
      ],
      sortBy: 'State',
    },
  );
}
