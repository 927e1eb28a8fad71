import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { lastPollTimestampSeconds, pollIntervalSeconds, up } from '../../metrics/families/polling.ts';
import type { Settings } from '../config.ts';
import { by, indented, on, selectorEndingIn } from '../promql.ts';
import type { RecordingRule } from '../rules.ts';
import { clockOffset, freshExporter, freshServer, lostServer, newestServer, reachedServer } from './series.ts';

/** Labels that series of a poll carry from their target: whose word it is. */
export const exporterLabels = ['job', 'instance'] as const;

/**
 * When it was last said of a server, by the exporter that polled it last, that the expression holds. The expression keeps the
 * labels `job`, `instance` and `server`. What an exporter says whose own polls are old, or whose clock is off, counts for nothing.
 */
export function saidByServer(settings: Settings, keys: readonly string[], expression: string): string {
  return said(settings, { keys, from: [...exporterLabels, 'server'], when: newestServer.name }, expression);
}

/** The same by any exporter, whether its poll of the server succeeded or not. */
export function saidOfServer(settings: Settings, keys: readonly string[], expression: string): string {
  return said(settings, { keys, from: [...exporterLabels, 'server'], when: freshServer.name }, expression);
}

/** When any exporter last said that the expression holds. It keeps the labels `job` and `instance`. */
export function saidByExporter(settings: Settings, keys: readonly string[], expression: string): string {
  return said(settings, { keys, from: exporterLabels, when: freshExporter.name }, expression);
}

interface Source {
  readonly keys: readonly string[];
  readonly from: readonly string[];
  readonly when: string;
}

function said(settings: Settings, { keys, from, when }: Source, expression: string): string {
  return [
    `max ${by(settings, keys)} (`,
    `  group ${by(settings, [...new Set([...from, ...keys])])} (${indented(expression)})`,
    `  * ${on(settings, from)} group_left () ${when}`,
    ')',
  ].join('\n');
}

const defaultPollSeconds = 15;

/** How far the clock of an exporter may be ahead before its word counts for nothing. */
export const clockAheadSeconds = 20;

const whyServer = `Whose word counts: what an exporter polled within two polls and two scrapes of now, by its own clock and Prometheus'. An
  exporter that hangs, one whose clock is off, and one whose Prometheus is gone say nothing. An exporter that leaves its own
  times out is believed as long as it is scraped.`;

/** The interval in which each server is polled; an exporter that does not tell it has the default. */
export function pollInterval(settings: Settings): string {
  const select = selectorEndingIn(settings.selector);
  return `(${select(pollIntervalSeconds)} or 0 * ${select(lastPollTimestampSeconds)} + ${defaultPollSeconds})`;
}

/** Which exporter's word about which server counts now. */
export function freshnessRules(settings: Settings): readonly RecordingRule[] {
  const select = selectorEndingIn(settings.selector);
  const { scrapeIntervalSeconds: scrape } = settings;
  const polled = select(lastPollTimestampSeconds);
  const server = by(settings, [...exporterLabels, 'server']);
  const exporter = by(settings, exporterLabels);
  const isTimed = `unless ${on(settings, exporterLabels)} ${polled}`;
  return [
    {
      record: freshServer,
      expression: [
        `max ${server} (${polled} < time() + ${clockAheadSeconds} and time() - ${polled} - 2 * ${pollInterval(settings)} < 2 * ${scrape})`,
        'or',
        `max ${server} (timestamp(${select(up)}) > time() - 2 * ${scrape} ${isTimed})`,
      ].join('\n'),
      why: whyServer,
    },
    {
      record: reachedServer,
      expression: saidOfServer(settings, ['server'], `${select(up)} == 1`),
      why: 'Servers that can be polled, and when they were.',
    },
    {
      record: lostServer,
      expression: `${saidOfServer(settings, ['server'], `${select(up)} == 0`)}\nunless ${on(settings, ['server'])} ${reachedServer.name}`,
      why: 'Servers that no exporter can poll.',
    },
    {
      record: newestServer,
      expression: [
        `(${freshServer.name} unless ${on(settings, [...exporterLabels, 'server'])} ${select(up)} == 0)`,
        `== ${on(settings, ['server'])} group_left ()`,
        `max ${by(settings, ['server'])} (${freshServer.name} unless ${on(settings, [...exporterLabels, 'server'])} ${select(up)} == 0)`,
      ].join('\n'),
      why: 'Of several exporters that reach a server, the one that polled it last knows best.',
    },
    {
      record: freshExporter,
      expression: [
        `max ${exporter} (${freshServer.name})`,
        'or',
        `max ${exporter} (timestamp(${select(linkVerdict)}) > time() - 2 * ${scrape} ${isTimed})`,
        'or',
        `max ${exporter} (timestamp(${select(exporterDefinitions.build)}) > time() - 2 * ${scrape} ${isTimed})`,
      ].join('\n'),
      why: 'The same of an exporter as a whole.',
    },
    {
      record: clockOffset,
      expression: `max ${exporter} (${polled} - timestamp(${polled}))`,
      why: "How far the clock of each exporter is ahead of Prometheus', less what had passed since its newest poll when it was scraped: by the sample's own time, so that lost scrapes make no skew.",
    },
  ];
}
