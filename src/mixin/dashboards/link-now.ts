import { databaseEstimatedDataLossSeconds, databaseSecondaryLagSeconds } from '../../metrics/families/database.ts';
import { linkEndsObserved, linkPrimaries } from '../../metrics/families/link.ts';
import { linkFailoverReady } from '../../metrics/families/link-database.ts';
import { replicaConnected, replicaInfo, replicaRole } from '../../metrics/families/replica.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import { type Figure, figurePanels } from './figures.ts';
import { findingsBySeverity, severityColumn } from './findings-query.ts';
import { queryLetter, type UnplacedPanel } from './frame.ts';
import { pollsSinceSuccess } from './freshness-queries.ts';
import { ageSteps, dataLossSteps, lagSteps, pollIntervals } from './limits.ts';
import { endWords, primaryWords } from './link-words.ts';
import { goodWhenOne } from './look.ts';
import { byLink, linkName } from './promql.ts';
import { stateNumber, stateWords } from './state-number.ts';
import { healthStates, replicaHealthMetric, roleMetric, roleStates, verdictMetric, verdictStates } from './states.ts';
import { type Column, tablePanel } from './table-panel.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from './variables.ts';

const ofDatabases = { ...chosenLink, ...chosenDatabase };

const figures: readonly Figure[] = [
  {
    title: 'Verdict',
    description:
      'What both ends together say of the link. The reasons are below; what to do is in the runbook of the alert of that name.',
    expression: stateNumber(verdictMetric, verdictStates, chosenLink),
    unit: 'none',
    look: stateWords(verdictStates),
    whenEmpty: 'No exporter reports this link.',
  },
  {
    title: 'Primaries',
    description: 'How many ends are PRIMARY. Two: both take writes, stop the workload at one of them now.',
    expression: `max ${byLink} (${select(linkPrimaries, chosenLink)})`,
    unit: 'none',
    look: primaryWords,
  },
  {
    title: 'Ends seen',
    description:
      'How many ends answered in their latest poll. With one missing, this page shows half of the truth: see the dashboard Exporter.',
    expression: `max ${byLink} (${select(linkEndsObserved, chosenLink)})`,
    unit: 'none',
    look: endWords,
  },
  {
    title: 'Highest lag',
    description: 'How far the slowest database is behind. The server knows none while it is suspended.',
    expression: `max ${byLink} (${select(databaseSecondaryLagSeconds, ofDatabases)})`,
    unit: 's',
    look: lagSteps,
  },
  {
    title: 'Loss if forced',
    description: 'Seconds of commits that a forced failover would lose now, in the database that would lose most.',
    expression: `max ${byLink} (${select(databaseEstimatedDataLossSeconds, ofDatabases)})`,
    unit: 's',
    look: dataLossSteps,
  },
  {
    title: 'Failover ready',
    description:
      'Whether a planned failover of every database may start now. Under load it may not: stop the workload first. Which check fails is further down.',
    expression: `min ${byLink} (${select(linkFailoverReady, ofDatabases)})`,
    unit: 'none',
    look: [
      { value: 0, text: 'not yet', color: 'blue' },
      { value: 1, text: 'ready', color: 'green' },
    ],
  },
  {
    title: 'Oldest data',
    description:
      'How long ago the end that has waited longest was last read, in its poll intervals. Old data: see the dashboard Exporter.',
    expression: `max(${pollsSinceSuccess(['server'])})`,
    unit: pollIntervals,
    look: ageSteps,
    whenEmpty: 'Never read.',
  },
];

/** The figures at the top. */
export function linkFigures(): readonly UnplacedPanel[] {
  // Two pairs may use one name for their links: then each figure has a value for each.
  const named = figures.map((figure) => ({ ...figure, legend: '{{managed_instance}}' }));
  return figurePanels(named, 'Not known.');
}

const byEnd = 'by (server, link, managed_instance)';
const ofEnds = { ...chosenLink, ...chosenServer };
const { by: endLabels } = roleMetric;

/** Columns of the table of ends with their queries. */
const endColumns: readonly (readonly [expression: string, columns: readonly Omit<Column, 'from'>[], label?: string])[] =
  [
    [stateNumber(roleMetric, roleStates, ofEnds), [{ title: 'Role', look: stateWords(roleStates), widthPixels: 85 }]],
    [
      stateNumber({ ...replicaHealthMetric, by: endLabels }, healthStates, { ...ofEnds, replica: 'local' }),
      [{ title: 'Own health', look: stateWords(healthStates), widthPixels: 100 }],
    ],
    [
      stateNumber({ ...replicaHealthMetric, by: endLabels }, healthStates, { ...ofEnds, replica: 'partner' }),
      [{ title: "Partner's health", look: stateWords(healthStates), widthPixels: 115 }],
    ],
    [
      `min ${byEnd} (${select(replicaConnected, { ...ofEnds, replica: 'partner' })})`,
      [{ title: 'Partner', look: goodWhenOne('not connected', 'connected'), widthPixels: 110 }],
    ],
  ];

/** What each end says, one row each. */
export function endsNow(): UnplacedPanel {
  const ends = `group ${byEnd} (${select(replicaRole, ofEnds)})`;
  const version = `${ends}\n* on (server) group_left (engine, version)\ngroup by (server, engine, version) (${select(serverInfo, chosenServer)})`;
  const mode = `group by (server, link, managed_instance, availability_mode) (${select(replicaInfo, { ...ofEnds, replica: 'local' })})`;
  return tablePanel(
    {
      id: 8,
      title: 'Both ends',
      description:
        'What each end says of itself and, if it is primary, of its partner: only a primary knows its partner, so that an empty cell of a secondary is as it should be. An end that is missing was not polled. Mode: asynchronous is usual; a planned failover wants synchronous.',
      unit: 'none',
      queries: [...endColumns.map(([expression]) => expression), version, mode].map((expression) => ({
        expression,
        legend: '{{server}}',
      })),
      whenEmpty: 'No end of the link was polled.',
    },
    {
      columns: [
        { title: 'Server', from: { label: 'server' } },
        ...endColumns.flatMap(([, columns], index) =>
          columns.map((column) => ({ ...column, from: { query: queryLetter(index) } })),
        ),
        { title: 'Mode', from: { label: 'availability_mode' }, widthPixels: 185 },
        { title: 'Engine', from: { label: 'engine' }, widthPixels: 125 },
        { title: 'Version', from: { label: 'version' }, widthPixels: 100 },
      ],
      sortBy: 'Server',
    },
  );
}

/** Why the verdict is what it is. */
export function whyThisVerdict(): UnplacedPanel {
  return tablePanel(
    {
      id: 9,
      title: 'Findings, worst first',
      description:
        'Each is judged for itself, and the verdict summarises them. `milink-exporter check` says each in a sentence, with what to do about it and the SQL for it.',
      unit: 'none',
      queries: [
        {
          expression: findingsBySeverity(),
          legend: linkName,
        },
      ],
      whenEmpty: 'No exporter reports this link.',
    },
    {
      columns: [
        severityColumn,
        { title: 'Finding', from: { label: 'finding' }, widthPixels: 210 },
        { title: 'Database', from: { label: 'database' } },
        { title: 'Server', from: { label: 'server' } },
      ],
      sortBy: 'Severity',
      isDescending: true,
    },
  );
}
