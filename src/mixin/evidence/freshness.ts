import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { lastPollTimestampSeconds, pollIntervalSeconds, up } from '../../metrics/families/polling.ts';
import type { Settings } from '../config.ts';
import { by, on } from '../matching.ts';
import type { RecordingRule } from '../rules.ts';
import { selectorEndingIn } from '../selector.ts';
import { exporterLabels, saidOfServer } from './said.ts';
import { clockOffset, freshExporter, freshServer, lostServer, newestServer, reachedServer } from './series.ts';

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
