import { databaseLogReuseWait } from '../../../metrics/families/database.ts';
import {
  databaseLogLimitBytes,
  databaseLogTimeLeftSeconds,
  databaseLogUsedBytes,
} from '../../../metrics/families/database-log.ts';
import { logHoursSteps } from '../look.ts';
import { timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { chartLines, outermost } from '../queries.ts';
import { tablePanel } from '../table-panel.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from '../variables.ts';

const chosen = { ...chosenLink, ...chosenServer, ...chosenDatabase };
const logLabels = ['server', 'link', 'managed_instance', 'database'];
const byLog = `by (${logLabels.join(', ')})`;
const legend = '{{database}} at {{server}}';

/** How near each log is to its limit. */
export function logUsed(): UnplacedPanel {
  return timeseriesPanel({
    id: 29,
    title: 'Log used, of its limit, the ten fullest',
    description:
      'How much of what its files may grow to the log has used. Rising at the primary while the log waits for AVAILABILITY_REPLICA: production stops when it is full, before that if the disk is smaller. An alert tells when hours are left.',
    unit: 'percentunit',
    queries: [
      {
        expression: outermost(
          'topk',
          chartLines,
          (at) =>
            `max ${byLog} (${select(databaseLogUsedBytes, chosen)}${at}) / max ${byLog} (${select(databaseLogLimitBytes, chosen)}${at})`,
          logLabels,
        ),
        legend,
      },
    ],
    whenEmpty: 'No end tells how full its logs are.',
  });
}

/** How long until a log stops production. */
export function logTimeLeft(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 50,
      title: 'Log: hours left, the ten first',
      description:
        'After how many hours the log of each database is at its limit at the rate at which it grows now, sooner where its disk is smaller than the limit. Below the lines the alerts MilinkLogFilling and MilinkLogFullSoon begin: mend the link, give the log room, or as the last way drop the link.',
      unit: 'suffix: hours',
      queries: [
        {
          expression: outermost(
            'bottomk',
            chartLines,
            (at) => `min ${byLog} (${select(databaseLogTimeLeftSeconds, chosen)}${at}) / 3600`,
            logLabels,
          ),
          legend,
        },
      ],
      whenEmpty: 'No log grows, as it should be.',
    },
    { steps: logHoursSteps },
  );
}

/** What keeps the log from being truncated. */
export function logReuse(): UnplacedPanel {
  return tablePanel(
    {
      id: 28,
      title: 'Why the log is not truncated',
      description:
        'log_reuse_wait_desc of each database. AVAILABILITY_REPLICA: the link holds the log back, so it grows until the link moves again. NOTHING and LOG_BACKUP are usual.',
      unit: 'none',
      queries: [
        {
          expression: `max by (server, link, managed_instance, database, reason) (${select(databaseLogReuseWait, chosen)})`,
          legend: '{{database}} at {{server}}',
        },
      ],
      whenEmpty: 'No end shows it: the end was not polled, or no database is in the link.',
    },
    {
      columns: [
        { title: 'Database', from: { label: 'database' } },
        { title: 'Server', from: { label: 'server' } },
        { title: 'Waits for', from: { label: 'reason' } },
      ],
      sortBy: 'Waits for',
    },
  );
}
