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
import { statPanel } from './chart-panels.ts';
import { withErrorName } from './error-name.ts';
import type { UnplacedPanel } from './frame.ts';
import { linkColumn, managedInstanceColumn } from './link-column.ts';
import { neutral, type StateWord, type Step, zeroIsGood } from './look.ts';
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
const none = 'None.';

/** The figures at the top. */
export function seedingFigures(): readonly UnplacedPanel[] {
  const figures: readonly (readonly [string, string, string, string, readonly Step[]])[] = [
    [
      'Running',
      'Databases that are being copied now.',
      'short',
      countOrZero(ofDatabases(seedingDatabaseSizeBytes), links),
      neutral,
    ],
    [
      'Stalled',
      'Databases of which no byte has moved for five minutes although the transfer runs. Look at the waits, the network and the error logs of both ends.',
      'short',
      countOrZero(`${ofDatabases(seedingStalled)} == 1`, links),
      zeroIsGood('orange'),
    ],
    [
      'Failed',
      'Databases whose newest attempt failed. The error is in the table of attempts; the runbook is MilinkSeedingFailed.',
      'short',
      countOrZero(`max ${byDatabase} (${select(seedingFailed, chosenTransfers)}) == 1`, links),
      zeroIsGood(),
    ],
    [
      'Still to send',
      'Size of the databases less what was sent. Less than that is really to come where the transfer is compressed.',
      'bytes',
      `sum(${ofDatabases(seedingDatabaseSizeBytes)} - ${ofDatabases(seedingTransferredBytes)})`,
      neutral,
    ],
    ['Rate', 'All transfers together.', 'Bps', `sum(${ofDatabases(seedingRateBytesPerSecond)})`, neutral],
    [
      'Last one ends in',
      'When the server expects the last of the running transfers to end: too late where the transfer is compressed.',
      's',
      `max(${ofDatabases(seedingEstimatedCompletionTimestampSeconds)}) - time()`,
      neutral,
    ],
  ];
  return figures.map(([title, description, unit, expression, steps], index) =>
    statPanel(
      { id: index + 1, title, description, unit, queries: [{ expression, legend: title }], whenEmpty: none },
      steps,
    ),
  );
}

const yesNo = (no: string, yes: string): readonly StateWord[] => [
  { value: 0, text: no, color: 'transparent' },
  { value: 1, text: yes, color: 'transparent' },
];

const transferQueries: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  [
    `${ofTransfers(seedingTransferredBytes)}\n/ ${ofTransfers(seedingDatabaseSizeBytes)}`,
    { title: 'Sent', unit: 'percentunit', decimals: 1 },
  ],
  [ofTransfers(seedingTransferredBytes), { title: 'Bytes sent', unit: 'bytes' }],
  [ofTransfers(seedingDatabaseSizeBytes), { title: 'Size', unit: 'bytes' }],
  [ofTransfers(seedingRateBytesPerSecond), { title: 'Rate', unit: 'Bps' }],
  [`time() - ${ofTransfers(seedingStartTimestampSeconds)}`, { title: 'Runs for', unit: 's' }],
  [`${ofTransfers(seedingEstimatedCompletionTimestampSeconds)} - time()`, { title: 'Ends in', unit: 's' }],
  [ofTransfers(seedingCompressionEnabled), { title: 'Compressed', look: yesNo('no', 'yes') }],
  [
    ofTransfers(seedingStalled),
    {
      title: 'Moves',
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
        { title: 'Direction', from: { label: 'direction' } },
        ...transferQueries.map(([, column], index) => ({ ...column, from: { query: 'ABCDEFGH'[index] ?? '' } })),
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
