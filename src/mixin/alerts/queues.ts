import { databaseLogSendQueueBytes, databaseRedoQueueBytes } from '../../metrics/families/database.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { byDatabase, databaseText, selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance', 'database'] } as const;

interface Queue {
  readonly name: string;
  readonly family: typeof databaseLogSendQueueBytes;
  readonly limitMebibytes: string;
  /** Completes `... of log wait to be`. */
  readonly verb: string;
  /** Completes `because`. */
  readonly cause: string;
}

function queues(settings: Settings): readonly Queue[] {
  return [
    {
      name: 'MilinkLogSendQueue',
      family: databaseLogSendQueueBytes,
      limitMebibytes: settings.logSendQueueMebibytes,
      verb: 'sent',
      cause: 'more is written than the connection carries',
    },
    {
      name: 'MilinkRedoQueue',
      family: databaseRedoQueueBytes,
      limitMebibytes: settings.redoQueueMebibytes,
      verb: 'redone',
      cause: 'more arrives than the other end can redo',
    },
  ];
}

function queueHigh(settings: Settings, { name, family, limitMebibytes, verb, cause }: Queue): AlertRule {
  return {
    name: `${name}High`,
    severity: 'warning',
    expression: `max ${byDatabase} (${selectFor(settings)(family)}) > ${limitMebibytes} * 1024 * 1024`,
    for: '10m',
    keepFiringFor: '5m',
    why: 'for: the rebuilding of an index or a nightly load fills a queue for minutes. keep_firing_for: an end that goes down takes the series with it.',
    summary: `Too much log waits to be ${verb}.`,
    description: `{{ $value | humanize1024 }}B of log of database ${databaseText} wait to be ${verb}: ${cause}.`,
    dashboard,
  };
}

/** Ends where the other one begins: one queue, one alert. */
function queueGrowing(settings: Settings, { name, family, limitMebibytes, verb, cause }: Queue): AlertRule {
  const { growthWindow, growthHours, growthFloorMebibytes } = settings;
  const queue = selectFor(settings)(family);
  return {
    name: `${name}Growing`,
    severity: 'warning',
    expression: [
      `max ${byDatabase} (predict_linear(${queue}[${growthWindow}], ${growthHours} * 3600)) > ${limitMebibytes} * 1024 * 1024`,
      'and on (link, managed_instance, database)',
      `max ${byDatabase} (min_over_time(${queue}[${growthWindow}])) > ${growthFloorMebibytes} * 1024 * 1024`,
      'unless on (link, managed_instance, database)',
      `max ${byDatabase} (${queue}) > ${limitMebibytes} * 1024 * 1024`,
    ].join('\n'),
    for: '15m',
    why: `for: together with the window that it looks back over, a load of an hour does not raise it. No keep_firing_for: it is a
      forecast, and void without a fresh figure.`,
    summary: `The log that waits to be ${verb} grows.`,
    description: `The log of database ${databaseText} that waits to be ${verb} has grown for ${growthWindow} and will be {{ $value | humanize1024 }}B in ${growthHours} hours: ${cause}.`,
    dashboard,
  };
}

/** Log on its way from one end to the other. */
export function queueAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-queues',
    rules: queues(settings).flatMap((queue) => [queueHigh(settings, queue), queueGrowing(settings, queue)]),
  };
}
