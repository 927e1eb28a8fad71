import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { stallSeconds } from '../../../link/seeding.ts';
import { linkVerdict } from '../../../metrics/families/link.ts';
import {
  seedingDatabaseSizeBytes,
  seedingEstimatedCompletionTimestampSeconds,
  seedingFailed,
  seedingRateBytesPerSecond,
  seedingStalled,
  seedingState,
  seedingTransferredBytes,
} from '../../../metrics/families/seeding.ts';
import { dashboardOf, firingAlerts, line } from '../dashboard.ts';
import { neutral, zeroIsGood } from '../look.ts';
import { type Figure, figurePanels, type UnplacedPanel } from '../panels.ts';
import { countOrZero } from '../queries.ts';
import {
  chosenLink,
  chosenServer,
  databaseVariable,
  exporterVariables,
  linkVariables,
  select,
  serverVariable,
} from '../variables.ts';
import { attemptStates, progress, rates, remaining, sinceProgress, sizes, waits } from './history.ts';
import { attemptsNow, byDatabase, chosenTransfers, ofDatabases, transfersNow } from './transfers.ts';

/** The first copies of databases, for those who run a migration. */
export function seedingDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-seeding',
    title: 'Seeding',
    description: 'Databases on their way to the other end of a link: how far, how fast, until when, and what failed.',
    variables: [
      ...exporterVariables(),
      ...linkVariables(),
      serverVariable(),
      databaseVariable(select(seedingState, { ...chosenLink, ...chosenServer })),
    ],
    alerts: firingAlerts(['server', 'link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Now',
        lines: [line(4, seedingFigures()), line(8, [transfersNow()]), line(10, [attemptsNow(), attemptStates()])],
      },
      {
        id: 101,
        title: 'Over time',
        lines: [line(8, [progress(), sizes()]), line(8, [rates(), remaining()]), line(8, [waits(), sinceProgress()])],
      },
    ],
  });
}

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
function seedingFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, 'None.');
}
