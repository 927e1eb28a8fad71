import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { linkPrimaries } from '../../metrics/families/link.ts';
import { seedingDatabaseSizeBytes, seedingTransferredBytes } from '../../metrics/families/seeding.ts';
import { colouredColumn, type StateWord, tablePanel, timelinePanel, timeseriesPanel } from './panels.ts';
import { selectChosen as select } from './variables.ts';
import { verdictNumber, verdictWords } from './verdict-words.ts';

const link = { matches: '$link' };
const server = { matches: '$server' };
const linkName = '{{link}} {{managed_instance}}';

const primaryWords: readonly StateWord[] = [
  { value: 0, text: 'no primary', color: 'orange' },
  { value: 1, text: 'one primary', color: 'green' },
  { value: 2, text: 'split brain', color: 'dark-red' },
];

/** What is wrong with which link now. */
export function linksNow(): Builder<Panel> {
  const table = tablePanel(
    {
      id: 1,
      title: 'Links now',
      description:
        'The verdict on each link from both of its ends, worst first. What to do is in the runbook of the alert of that name.',
      unit: 'none',
      position: { x: 0, y: 0, w: 14, h: 9 },
      queries: [{ expression: verdictNumber(select), legend: linkName }],
      whenEmpty: 'The exporter reports no link.',
    },
    { names: { link: 'Link', managed_instance: 'Managed instance', Value: 'Verdict' }, sortBy: 'Verdict' },
  );
  return colouredColumn(table, 'Verdict', verdictWords);
}

/** Since when. */
export function verdictHistory(): Builder<Panel> {
  return timelinePanel(
    {
      id: 2,
      title: 'Verdicts over time',
      description: 'Since when a link has been in its state. A gap means that no exporter was scraped.',
      unit: 'none',
      position: { x: 0, y: 9, w: 24, h: 7 },
      queries: [{ expression: verdictNumber(select), legend: linkName }],
      whenEmpty: 'The exporter reports no link.',
    },
    verdictWords,
  );
}

/** Whether there is exactly one primary. */
export function primaryEnds(): Builder<Panel> {
  return timelinePanel(
    {
      id: 3,
      title: 'Primary ends',
      description:
        'How many ends have the role PRIMARY. Two are a split brain; none is normal for seconds in a failover. A gap: one end was not seen, so the number is not known.',
      unit: 'none',
      position: { x: 0, y: 16, w: 24, h: 5 },
      queries: [
        { expression: `max by (link, managed_instance) (${select(linkPrimaries, { link })})`, legend: linkName },
      ],
      whenEmpty: 'No link has both of its ends observed.',
    },
    primaryWords,
  );
}

/** The first copy of each database. */
export function seedingProgress(): Builder<Panel> {
  const by = 'max by (link, managed_instance, database, server, direction)';
  return timeseriesPanel({
    id: 4,
    title: 'Seeding progress',
    description:
      'Bytes sent against the size of the database. A compressed transfer ends below the size. A line that stands still is stuck: seeding starts over when it is interrupted.',
    unit: 'bytes',
    position: { x: 0, y: 21, w: 12, h: 8 },
    queries: [
      {
        expression: `${by} (${select(seedingTransferredBytes, { link, server })})`,
        legend: '{{link}} {{database}}: transferred, {{direction}} at {{server}}',
      },
      {
        expression: `${by} (${select(seedingDatabaseSizeBytes, { link, server })})`,
        legend: '{{link}} {{database}}: size, {{direction}} at {{server}}',
      },
    ],
    whenEmpty: 'No database is being seeded.',
  });
}
