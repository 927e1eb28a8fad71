import {
  databaseEstimatedDataLossSeconds,
  databaseEstimatedRecoverySeconds,
  databaseLastCommitTimestampSeconds,
  databaseLastHardenedTimestampSeconds,
  databaseLogSendQueueBytes,
  databaseLogSendRateBytesPerSecond,
  databaseRedoQueueBytes,
  databaseRedoRateBytesPerSecond,
  databaseSecondaryLagSeconds,
} from '../../../metrics/families/database.ts';
import type { Metric } from '../../promql.ts';
import { dataLossSteps, lagSteps, redoQueueSteps, type Step, sendQueueSteps } from '../look.ts';
import { type Frame, timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { chartLines, type Instant, outermost } from '../queries.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from '../variables.ts';

const chosen = { ...chosenLink, ...chosenServer, ...chosenDatabase };
const noRow = 'No end shows it: the end was not polled, or no database is in the link.';

type DatabaseLabel = keyof typeof chosen;

/** What differs from chart to chart; `steps` where there is an alert. */
interface DatabaseFrame extends Omit<Frame, 'queries'> {
  readonly steps?: readonly Step[];
}

const copyLabels = ['server', 'link', 'managed_instance', 'database', 'replica'];
/** Of a link with many databases the ten that have most. */
const mostOfCopies = (of: (at: Instant) => string): string => outermost('topk', chartLines, of, copyLabels);

/** One line per database and end, whichever exporters see it; of many the ten that have most. */
function byDatabase({ steps, ...frame }: DatabaseFrame, metric: Metric<DatabaseLabel>): UnplacedPanel {
  const labels = ['server', 'link', 'managed_instance', 'database'];
  const expression = outermost(
    'topk',
    chartLines,
    (at) => `max by (${labels.join(', ')}) (${select(metric, chosen)}${at})`,
    labels,
  );
  return timeseriesPanel(
    { ...frame, queries: [{ expression, legend: '{{database}}, {{server}} is primary' }] },
    { steps },
  );
}

/** One line per copy: a primary knows its own and its partner's. */
function byCopy(
  { steps, ...frame }: Omit<DatabaseFrame, 'whenEmpty'>,
  metric: Metric<DatabaseLabel | 'replica'>,
): UnplacedPanel {
  const expression = mostOfCopies((at) => `max by (${copyLabels.join(', ')}) (${select(metric, chosen)}${at})`);
  const queries = [{ expression, legend: '{{database}}: {{replica}} as {{server}} says' }];
  return timeseriesPanel({ ...frame, queries, whenEmpty: noRow }, { steps });
}

/** How far each database is behind. */
export function lag(): UnplacedPanel {
  return byDatabase(
    {
      id: 20,
      title: 'Lag, the ten worst',
      description:
        'How far the copy is behind, as the primary says. Rising: see which queue grows, the one to send (network, or throughput of the instance) or the one to redo (the instance is too small or reads block it).',
      unit: 's',
      steps: lagSteps,
      whenEmpty: 'No primary tells a lag that can be believed: not polled, or a 0 while data does not move.',
    },
    databaseSecondaryLagSeconds,
  );
}

/** What a forced failover would cost. */
export function dataLoss(): UnplacedPanel {
  return byDatabase(
    {
      id: 21,
      title: 'Loss if forced now, the ten worst',
      description:
        'Seconds of commits that a forced failover would lose: last commit of the primary minus that of its partner. It goes on rising while the ends are not connected. Above your objective: do not force unless you must.',
      unit: 's',
      steps: dataLossSteps,
      whenEmpty: 'No primary knows the last commit of its partner.',
    },
    databaseEstimatedDataLossSeconds,
  );
}

/** What redo adds to the time of a failover. */
export function recoveryTime(): UnplacedPanel {
  return byCopy(
    {
      id: 22,
      title: 'Time to recover, the ten longest',
      description:
        'Seconds that the copy needs to redo what it has: its redo queue by its redo rate. This is added to the time of a failover.',
      unit: 's',
    },
    databaseEstimatedRecoverySeconds,
  );
}

/** What waits on the primary. */
export function sendQueue(): UnplacedPanel {
  return byCopy(
    {
      id: 23,
      title: 'Log not sent yet, the ten worst',
      description:
        'The send queue. It grows when the network or the instance takes less than is written, and cannot be truncated from the log of the primary meanwhile: watch its disk.',
      unit: 'bytes',
      steps: sendQueueSteps,
    },
    databaseLogSendQueueBytes,
  );
}

/** How fast it leaves the primary. */
export function sendRate(): UnplacedPanel {
  return byCopy(
    {
      id: 24,
      title: 'Send rate, the ten highest',
      description:
        'How fast log was sent when last there was any: it stays while nothing is sent. Compare with what the network and the size of the instance allow.',
      unit: 'binBps',
    },
    databaseLogSendRateBytesPerSecond,
  );
}

/** What waits on the secondary. */
export function redoQueue(): UnplacedPanel {
  return byCopy(
    {
      id: 25,
      title: 'Log not redone yet, the ten worst',
      description:
        'The redo queue: log that the copy has and has not applied. It grows when the secondary is too small or long reads block the redo.',
      unit: 'bytes',
      steps: redoQueueSteps,
    },
    databaseRedoQueueBytes,
  );
}

/** How fast the secondary works it off. */
export function redoRate(): UnplacedPanel {
  return byCopy(
    {
      id: 26,
      title: 'Redo rate, the ten highest',
      description:
        'How fast log is applied, averaged over the time that redo was running. Lower than the send rate: the redo queue grows.',
      unit: 'binBps',
    },
    databaseRedoRateBytesPerSecond,
  );
}

/** Whether anything is written, and whether it arrives. */
export function lastTimes(): UnplacedPanel {
  const since = (metric: Metric<DatabaseLabel | 'replica'>): string =>
    mostOfCopies((at) => `time() - max by (${copyLabels.join(', ')}) (${select(metric, chosen)}${at})`);
  return timeseriesPanel({
    id: 27,
    title: 'Since the last commit and the last hardened log, the ten longest',
    description:
      'Both rise on a database that nobody writes to. Rising for the partner while the primary stays low: changes do not arrive.',
    unit: 's',
    queries: [
      {
        expression: since(databaseLastCommitTimestampSeconds),
        legend: '{{database}}: commit, {{replica}} as {{server}} says',
      },
      {
        expression: since(databaseLastHardenedTimestampSeconds),
        legend: '{{database}}: hardened, {{replica}} as {{server}} says',
      },
    ],
    whenEmpty: noRow,
  });
}
