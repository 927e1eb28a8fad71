import {
  databaseLogSendQueueBytes,
  databaseLogSendRateBytesPerSecond,
  databaseRedoQueueBytes,
  databaseRedoRateBytesPerSecond,
} from '../../metrics/families/database.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByServer } from '../evidence/said.ts';
import type { Watch } from '../evidence/watch.ts';
import { on } from '../promql.ts';
import { worstText } from './databases.ts';
import { databaseKeys, databaseText, selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance', 'database'] } as const;

interface Queue {
  readonly name: string;
  readonly family: typeof databaseLogSendQueueBytes;
  readonly rate: typeof databaseLogSendRateBytesPerSecond;
  /** Completes `... of log wait to be`. */
  readonly verb: string;
  /** Completes `First see whether`. */
  readonly first: string;
}

const queues: readonly Queue[] = [
  {
    name: 'MilinkLogSendQueue',
    family: databaseLogSendQueueBytes,
    rate: databaseLogSendRateBytesPerSecond,
    verb: 'sent',
    first: 'the connection carries what the primary writes',
  },
  {
    name: 'MilinkRedoQueue',
    family: databaseRedoQueueBytes,
    rate: databaseRedoRateBytesPerSecond,
    verb: 'redone',
    first: 'the end with the copy has the processor and the disks that redo needs',
  },
];

/** What a queue is, now and as it will be, and whether that is too much: seconds of work, whatever the size of the database. */
function limits(settings: Settings, { family, rate }: Queue) {
  const select = selectFor(settings);
  const [queue, perSecond] = [select(family), select(rate)];
  const limit = `${settings.queueSeconds} * ${perSecond}`;
  const floor = `${settings.queueFloorMebibytes} * 1024 * 1024`;
  const later = (window: string): string => `predict_linear(${queue}[${window}], ${settings.growthHours} * 3600)`;
  return {
    isHigh: `${queue} > ${floor} and ${queue} > ${limit}`,
    isLow: `${queue} <= ${floor} or ${queue} <= ${limit}`,
    // The whole window, and its second half alone: what has grown and stays is no trend.
    willBeHigh: [
      `${queue} > ${floor} and ${later('29m53s500ms')} > ${limit}`,
      `and ${later('14m53s500ms')} > ${limit}`,
      `and min_over_time(${queue}[29m53s500ms]) > ${floor}`,
    ].join(' '),
  };
}

function queueHigh(settings: Settings, queue: Queue): Watch {
  const { isHigh, isLow } = limits(settings, queue);
  return {
    name: `${queue.name}High`,
    severity: 'warning',
    keys: databaseKeys,
    wrong: saidByServer(settings, databaseKeys, isHigh),
    right: saidByServer(settings, databaseKeys, isLow),
    wait: '7m',
    why: 'The rebuilding of an index or a nightly load fills a queue for minutes.',
    summary: `Too much log waits to be ${queue.verb}.`,
    description: `${worstText(settings, queue.family, 'humanize1024')}B of log of database ${databaseText} wait to be ${queue.verb}: more than ${settings.queueSeconds} seconds of work at the present rate, ${worstText(settings, queue.rate, 'humanize1024')}B per second. First see whether ${queue.first}.`,
    silences: 'A server that does not give the rate.',
    dashboard,
  };
}

/** Ends where the other one begins: one queue, one alert. */
function queueGrowing(settings: Settings, queue: Queue): Watch {
  const { isHigh, willBeHigh } = limits(settings, queue);
  const figure = selectFor(settings)(queue.family);
  return {
    name: `${queue.name}Growing`,
    severity: 'warning',
    keys: databaseKeys,
    wrong: [
      saidByServer(settings, databaseKeys, willBeHigh),
      `unless ${on(settings, databaseKeys)} ${saidByServer(settings, databaseKeys, isHigh)}`,
    ].join('\n'),
    right: saidByServer(settings, databaseKeys, `${figure} >= 0`),
    wait: '7m',
    why: 'Together with the half hour that it looks back over, a load of an hour does not raise it.',
    summary: `The log that waits to be ${queue.verb} grows.`,
    description: `The log of database ${databaseText} that waits to be ${queue.verb} has grown for half an hour and still does: in ${settings.growthHours} hours it will be more than ${settings.queueSeconds} seconds of work at the present rate. First see whether ${queue.first}.`,
    silences: `${queue.name}High, which says more.`,
    dashboard,
  };
}

/** Log on its way from one end to the other. */
export function queueAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-queues',
    watches: queues.flatMap((queue) => [queueHigh(settings, queue), queueGrowing(settings, queue)]),
  };
}
