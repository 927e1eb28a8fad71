import type { Metric } from '../selector.ts';
import type { Instant } from './promql.ts';
import type { ColouredState } from './state-number.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from './variables.ts';

/** What the reader chose. */
export const chosenTransfers = { ...chosenLink, ...chosenServer, ...chosenDatabase };

/** Each transfer is seen at both ends: `direction` is local to the server. */
export const transferLabels = ['server', 'link', 'managed_instance', 'database', 'direction'] as const;
type TransferLabel = (typeof transferLabels)[number];

/** Aggregations over exporters, and over exporters and ends. */
export const byTransfer = `by (${transferLabels.join(', ')})`;
export const databaseLabels = ['link', 'managed_instance', 'database'] as const;
export const byDatabase = `by (${databaseLabels.join(', ')})`;

/** A transfer as one end sees it. */
export const transferLegend = '{{database}}, {{direction}} at {{server}}';

/** A figure of each transfer as each end sees it, once however many exporters see it. */
export function ofTransfers(metric: Metric<TransferLabel>, at: Instant = ''): string {
  return `max ${byTransfer} (${select(metric, chosenTransfers)}${at})`;
}

/** A figure of each database that is being seeded, once although both ends see the transfer. */
export function ofDatabases(metric: Metric<TransferLabel>, at: Instant = ''): string {
  return `max ${byDatabase} (${select(metric, chosenTransfers)}${at})`;
}

/** Worst first; the set is open. */
export const attemptWords: readonly ColouredState[] = [
  ['FAILED', 'red'],
  ['LIMIT_CONCURRENT_BACKUPS', 'orange'],
  ['PENDING', 'yellow'],
  ['CHECK_IF_SEEDING_NEEDED', 'blue'],
  ['SEEDING', 'blue'],
  ['COMPLETED', 'green'],
];
