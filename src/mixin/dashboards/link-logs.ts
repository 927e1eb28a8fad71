import { databaseLogLimitBytes, databaseLogUsedBytes } from '../../metrics/families/database-log.ts';
import { timeseriesPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from './variables.ts';

const chosen = { ...chosenLink, ...chosenServer, ...chosenDatabase };
const byLog = 'by (server, link, managed_instance, database)';

/** How near each log is to its limit. */
export function logUsed(): UnplacedPanel {
  return timeseriesPanel({
    id: 29,
    title: 'Log used, of its limit',
    description:
      'How much of what its files may grow to the log has used. Rising at the primary while the log waits for AVAILABILITY_REPLICA: production stops when it is full, before that if the disk is smaller. An alert tells when hours are left.',
    unit: 'percentunit',
    queries: [
      {
        expression: `max ${byLog} (${select(databaseLogUsedBytes, chosen)}) / max ${byLog} (${select(databaseLogLimitBytes, chosen)})`,
        legend: '{{database}} at {{server}}',
      },
    ],
    whenEmpty: 'No end tells how full its logs are.',
  });
}
