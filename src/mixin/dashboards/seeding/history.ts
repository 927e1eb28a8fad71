import { stallSeconds } from '../../../link/seeding.ts';
import {
  seedingDatabaseSizeBytes,
  seedingDiskIoWaitSeconds,
  seedingEstimatedCompletionTimestampSeconds,
  seedingLastProgressTimestampSeconds,
  seedingNetworkWaitSeconds,
  seedingRateBytesPerSecond,
  seedingState,
  seedingTransferredBytes,
} from '../../../metrics/families/seeding.ts';
import type { Metric } from '../../promql.ts';
import { timelinePanel, timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { chartLines, type Instant, outermost, timelineLines, withoutOthers } from '../queries.ts';
import { stateNumber, stateWords } from '../states.ts';
import { select } from '../variables.ts';
import {
  attemptWords,
  byTransfer,
  chosenTransfers,
  databaseLabels,
  ofDatabases,
  ofTransfers,
  transferLabels,
  transferLegend,
} from './transfers.ts';

const whenEmpty = 'No database is being seeded, as usual.';
const databaseLegend = '{{link}} {{managed_instance}} {{database}}';

const partSent = (at: Instant): string =>
  `${ofDatabases(seedingTransferredBytes, at)}\n/ ${ofDatabases(seedingDatabaseSizeBytes, at)}`;
/** A figure of the ten that have most left, or least. */
const tenOf = (which: 'topk' | 'bottomk', of: (at: Instant) => string): string =>
  outermost(which, chartLines, of, transferLabels);

/** How far each database is. */
export function progress(): UnplacedPanel {
  return timeseriesPanel({
    id: 20,
    title: 'Sent of the size, the ten that have least',
    description:
      'Part of each database that was sent. A compressed transfer ends well below 100 %. A fall to zero: the transfer broke and began anew.',
    unit: 'percentunit',
    queries: [
      {
        expression: outermost('bottomk', chartLines, partSent, databaseLabels),
        legend: databaseLegend,
      },
    ],
    whenEmpty,
  });
}

/** The same in bytes. */
export function sizes(): UnplacedPanel {
  return timeseriesPanel({
    id: 21,
    title: 'Bytes sent and size, the ten largest',
    description: 'What was sent against the size of the database, uncompressed.',
    unit: 'bytes',
    queries: [
      {
        expression: withoutOthers(
          ofDatabases(seedingTransferredBytes),
          `topk(${chartLines}, `,
          ofDatabases(seedingDatabaseSizeBytes, ' @ end()'),
          databaseLabels,
        ),
        legend: `${databaseLegend}: sent`,
      },
      {
        expression: outermost('topk', chartLines, (at) => ofDatabases(seedingDatabaseSizeBytes, at), databaseLabels),
        legend: `${databaseLegend}: size`,
      },
    ],
    whenEmpty,
  });
}

/** How fast each transfer runs. */
export function rates(): UnplacedPanel {
  return timeseriesPanel({
    id: 22,
    title: 'Rate of transfers, the ten slowest',
    description:
      'How fast transfers run as the servers say. Falling: see the waits. Microsoft limits seeding by the size of the managed instance and by the network between the ends.',
    unit: 'binBps',
    queries: [
      { expression: tenOf('bottomk', (at) => ofTransfers(seedingRateBytesPerSecond, at)), legend: transferLegend },
    ],
    whenEmpty,
  });
}

/** How long each transfer still takes. */
export function remaining(): UnplacedPanel {
  return timeseriesPanel({
    id: 23,
    title: 'Ends in, the ten last',
    description:
      'Time until the server expects each transfer to end. A line that does not fall is slower than expected; too late where the transfer is compressed.',
    unit: 's',
    queries: [
      {
        expression: tenOf('topk', (at) => `${ofTransfers(seedingEstimatedCompletionTimestampSeconds, at)} - time()`),
        legend: transferLegend,
      },
    ],
    whenEmpty,
  });
}

/** What holds a transfer up. */
export function waits(): UnplacedPanel {
  const share = (metric: Metric<(typeof transferLabels)[number]>): string =>
    tenOf(
      'topk',
      (at) => `clamp_min(max ${byTransfer} (deriv(${select(metric, chosenTransfers)}[$__rate_interval]${at})), 0)`,
    );
  return timeseriesPanel({
    id: 24,
    title: 'Waiting for disk and network, the ten longest of each',
    description:
      'Seconds of waiting per second. High for the network: the way between the ends is the limit; high for the disk: the storage at that end.',
    unit: 'short',
    queries: [
      { expression: share(seedingDiskIoWaitSeconds), legend: `disk: ${transferLegend}` },
      { expression: share(seedingNetworkWaitSeconds), legend: `network: ${transferLegend}` },
    ],
    whenEmpty,
  });
}

/** Whether a transfer is stuck. */
export function sinceProgress(): UnplacedPanel {
  return timeseriesPanel({
    id: 25,
    title: 'Since the last byte moved, the ten longest',
    description: `Stays near the poll interval while the transfer moves. Rising: it is stuck, and from ${stallSeconds / 60} minutes on it counts as stalled.`,
    unit: 's',
    queries: [
      {
        expression: tenOf('topk', (at) => `time() - ${ofTransfers(seedingLastProgressTimestampSeconds, at)}`),
        legend: transferLegend,
      },
    ],
    whenEmpty,
  });
}

/** How the attempts went. */
export function attemptStates(): UnplacedPanel {
  return timelinePanel(
    {
      id: 26,
      title: 'State of the newest attempt, the 20 worst now',
      description:
        'Limit concurrent backups: the attempt waits for others to end. It stays completed or failed after the attempt has ended.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'bottomk',
            timelineLines,
            (at) =>
              stateNumber(
                { metric: seedingState, label: 'state', by: databaseLabels },
                attemptWords,
                chosenTransfers,
                at,
              ),
            databaseLabels,
          ),
          legend: databaseLegend,
        },
      ],
      whenEmpty: 'No database was ever seeded here, or the view of attempts could not be read.',
    },
    stateWords(attemptWords),
  );
}
