import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { movingScenarioNames, type Scenario, scenarioNames } from '../../src/simulator/scenario/index.ts';

const path = join(import.meta.dirname, 'alert-scenarios.yaml');

/** What each scenario makes fire in the end, `name` or `name severity` where a name has two, in the order of the alphabet. */
export type AlertTable = Readonly<Record<string, readonly string[]>>;

/** The scenarios that come to an end: those that move for ever have no state in which to look. */
export const judgedScenarios: readonly Scenario[] = scenarioNames.filter(
  (name) => name === 'planned-failover' || !movingScenarioNames.some((moving) => moving === name),
);

const severalDatabases: ReadonlySet<Scenario> = new Set<Scenario>([
  'database-missing',
  'seeding-beside-not-healthy',
  'seeding-waiting',
  'seeding-implausible',
  'database-not-copied',
  'database-copy-removed',
  'database-orphaned',
]);

/** How many databases a scenario needs to show what it is about. */
export function databasesOf(scenario: Scenario): number {
  return severalDatabases.has(scenario) ? 2 : 1;
}

/** The table as it was last read by a person. */
export function recordedAlerts(): AlertTable {
  return parse(readFileSync(path, 'utf8'));
}

export function recordAlerts(table: AlertTable): void {
  writeFileSync(path, stringify(table));
}

/** Alerts about the exporter itself, which no simulated server can raise, and how to see them. */
export const alertsElsewhere: Readonly<Record<string, string>> = {
  'MilinkAzureLinkError critical':
    'Wait in the scenario `creation-failed`: Azure, which `make demo` reads too, shows the error.',
  'MilinkAzureLinkError warning': 'Delete a link in Azure alone: the servers show it, and Azure does not list it.',
  MilinkAzureInstanceNotReady:
    'Wait in the scenario `instance-stopped`: Azure, which `make demo` reads too, shows the state.',
  MilinkAzureNotReadable: 'Take the role from the identity that reads Azure.',
  MilinkLinkNotHealthy:
    'On a server of your own in the state of `not-healthy`, deny the login `sys.dm_hadr_database_replica_states`: else what its databases say is told in its place.',
  MilinkLinkPartiallyHealthy: 'Likewise in the state of `partially-healthy`.',
  'MilinkExporterDown warning': 'Scrape two exporters with one configuration, and stop one of them.',
  'MilinkLinkDisconnected warning':
    'Make a link of a large database, or drop one at an end that no database of it has reached: the other end does not join it.',
  'MilinkCertificateExpiring critical':
    'Set `certificateCriticalHours` to 168, and start the scenario `certificate-expiring`.',
  MilinkRedoQueueHigh: 'Set `queueSeconds` to 30, and start the scenario `redo-queue-high`.',
  MilinkRedoQueueGrowing: 'Set `queueSeconds` to 60, and start the scenario `redo-queue-growing`.',
  MilinkLogSendQueueGrowing: 'Set `queueSeconds` to 7200, and start the scenario `send-queue-growing`.',
  MilinkLinkVanished: 'Start `serve` without `links` in its file, and the scenario `vanished`.',
  MilinkExporterStale:
    'Scrape two exporters with one configuration, and stop one with SIGSTOP behind a proxy that answers its last page.',
  MilinkExporterBlind: 'Scrape two exporters with one configuration, one of them with a wrong password.',
  MilinkExporterClockSkew: 'Start the exporter under `faketime -f -3m`.',
  MilinkServerTooLarge: 'Start `serve` with a limit below what the simulated servers have (docs/scaling.md).',
  MilinkLogBackupMissing: 'Start the scenario `log-backup-missing` and wait for two hours.',
  'MilinkLogFilling warning': 'Start a scenario in which the log fills, and look before it is critical.',
  MilinkWatchdog: 'It always fires.',
  MilinkRuleFailing: 'Load two versions of the rules at once, with Prometheus scraping itself.',
  MilinkRulesLate: 'Set `evaluation_interval` to 10ms, with Prometheus scraping itself.',
  MilinkNotificationsDropped: 'Stop Alertmanager, with Prometheus scraping itself.',
  'MilinkExporterDown critical': 'Stop the demo, and Prometheus finds nobody at its address.',
  MilinkExporterAbsent:
    'Empty the list `targets` of the job in the configuration of Prometheus and send the process SIGHUP: there is no exporter to scrape.',
  MilinkConfigReloadFailed:
    'Start `serve` with the file that `--simulator.config-file` wrote, put a misspelt key into it and send the exporter SIGHUP.',
  MilinkHistoryNotWritten: 'Start the demo with `--history.path=DIR`, and let DIR be a file.',
  MilinkDataStale:
    'Start `serve` with the file that `--simulator.config-file` wrote and `poll_interval: 10m` in it: the rules expect 15 s.',
  MilinkShardingMismatch: 'Scrape two exporters under one job, one started with `--total-shards=2`, the other with 3.',
  MilinkShardsMissing: 'Scrape one exporter only, started with `--shard=0 --total-shards=2`.',
};
