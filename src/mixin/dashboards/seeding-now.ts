import { stallSeconds } from '../../link/transfers.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
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
} from '../../metrics/families/seeding.ts';
import { withErrorName } from './error-name.ts';
import { type Figure, figurePanels } from './figures.ts';
import { queryLetter, type UnplacedPanel } from './frame.ts';
import { linkColumn, managedInstanceColumn } from './link-column.ts';
import { neutral, type StateWord, zeroIsGood } from './look.ts';
import { countOrZero } from './promql.ts';
import {
  attemptWords,
  byDatabase,
  byTransfer,
  chosenTransfers,
  ofDatabases,
  ofTransfers,
  transferLabels,
  transferLegend,
} from './seeding-queries.ts';
import { stateNumber, stateWords } from './state-number.ts';
import { type Column, tablePanel } from './table-panel.ts';
import { chosenLink, select } from './variables.ts';

const links = select(linkVerdict, chosenLink);

const figures: readonly Figure[] = [
  {
    title: 'Running',
    description: 'Databases that are being copied now.',
    expression: countOrZero(ofDatabases(seedingDatabaseSizeBytes), links),
    look: neutral,
  },
  {
    title: 'Stalled',
    description: `Databases of which no byte has moved for ${stallSeconds / 60} minutes although the transfer runs. Look at the waits, the network and the error logs of both ends.`,
    expression: countOrZero(`${ofDatabases(seedingStalled)} == 1`, links),
    look: zeroIsGood('orange'),
  },
  {
    title: 'Failed',
    description:
      'Databases whose newest attempt failed. The error is in the table of attempts; the runbook is MilinkSeedingFailed.',
    expression: countOrZero(`max ${byDatabase} (${select(seedingFailed, chosenTransfers)}) == 1`, links),
    look: zeroIsGood(),
  },
  {
    title: 'Still to send',
    description:
      'Size of the databases less what was sent. Less than that is really to come where the transfer is compressed.',
    expression: `sum(${ofDatabases(seedingDatabaseSizeBytes)} - ${ofDatabases(seedingTransferredBytes)})`,
    unit: 'bytes',
    look: neutral,
  },
  {
    title: 'Rate',
    description: 'All transfers together.',
    expression: `sum(${ofDatabases(seedingRateBytesPerSecond)})`,
    unit: 'binBps',
    look: neutral,
  },
  {
    title: 'Last one ends in',
    description:
      'When the server expects the last of the running transfers to end: too late where the transfer is compressed.',
    expression: `max(${ofDatabases(seedingEstimatedCompletionTimestampSeconds)}) - time()`,
    unit: 's',
    look: neutral,
  },
];

/** The figures at the top. */
export function seedingFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, 'None.');
}

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
