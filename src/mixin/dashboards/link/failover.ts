import { linkFailoverCheck, linkFailoverReady } from '../../../metrics/families/link-database.ts';
import { goodWhenOne, type StateWord } from '../look.ts';
import { timelinePanel, type UnplacedPanel } from '../panels.ts';
import { tablePanel } from '../table-panel.ts';
import { chosenDatabase, chosenLink, select } from '../variables.ts';

const chosen = { ...chosenLink, ...chosenDatabase };

const by = 'min by (link, managed_instance, database, check)';
const each = `${by} (${select(linkFailoverCheck, chosen)})`;
/** What no link passes under load: no failure, and 2 below. */
const ofLoad = `${by} (${select(linkFailoverCheck, { ...chosen, check: { matches: 'no_lag|hardened_lsn_equal' } })})`;
const results: readonly StateWord[] = [
  ...goodWhenOne('failed', 'passed'),
  { value: 2, text: 'not now: writes arrive', color: 'blue' },
];

/** What stands in the way, first. */
export function failoverChecks(): UnplacedPanel {
  return tablePanel(
    {
      id: 30,
      title: 'Checks, failed ones first',
      description:
        'What a planned failover asks for; a check without a database is of the whole link. no_lag and hardened_lsn_equal do not pass while writes arrive: stop the workload and they do. A check that is missing could not be made: a fact was not seen.',
      unit: 'none',
      queries: [
        {
          expression: `(${each} unless ${ofLoad}) or (2 - ${ofLoad})`,
          legend: '{{check}} {{database}}',
        },
      ],
      whenEmpty: 'No check could be made: no end of the link was polled.',
    },
    {
      columns: [
        { title: 'Check', from: { label: 'check' } },
        { title: 'Database', from: { label: 'database' } },
        { title: 'Result', from: { query: 'A' }, look: results, widthPixels: 190 },
      ],
      sortBy: 'Result',
    },
  );
}

/** When it was ready. */
export function failoverReadiness(): UnplacedPanel {
  return timelinePanel(
    {
      id: 31,
      title: 'Ready over time',
      description:
        'Whether a planned failover of each database could have started. Not yet is usual under load. A gap: a check could not be made.',
      unit: 'none',
      queries: [
        {
          expression: `min by (link, managed_instance, database) (${select(linkFailoverReady, chosen)})`,
          legend: '{{database}}',
        },
      ],
      whenEmpty: 'Not known of any database.',
    },
    [
      { value: 0, text: 'not yet', color: 'blue' },
      { value: 1, text: 'ready', color: 'green' },
    ],
  );
}
