import {
  databaseEstimatedDataLossSeconds,
  databaseEstimatedRecoverySeconds,
  databaseLogReuseWait,
  databaseLogSendQueueBytes,
  databaseLogSendRateBytesPerSecond,
  databaseRedoQueueBytes,
  databaseSecondaryLagSeconds,
} from '../../../metrics/families/database.ts';
import { databaseLogTimeLeftSeconds } from '../../../metrics/families/database-log.ts';
import { databaseSuspended } from '../../../metrics/families/database-state.ts';
import { linkFailoverReady } from '../../../metrics/families/link-database.ts';
import { replicaConnected, replicaInfo, replicaRole } from '../../../metrics/families/replica.ts';
import { serverInfo } from '../../../metrics/families/server.ts';
import type { Metric } from '../../promql.ts';
import { dataLossSteps, goodWhenOne, lagSteps, logHoursSteps, redoQueueSteps, sendQueueSteps } from '../look.ts';
import { queryLetter, type UnplacedPanel } from '../panels.ts';
import { findingsBySeverity, linkName } from '../queries.ts';
import {
  healthStates,
  replicaHealthMetric,
  roleMetric,
  roleStates,
  stateNumber,
  stateWords,
  synchronizationMetric,
  synchronizationStates,
} from '../states.ts';
import { type Column, severityColumn, tablePanel } from '../table-panel.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from '../variables.ts';

const byEnd = 'by (server, link, managed_instance)';
const ofEnds = { ...chosenLink, ...chosenServer };
const endLabels = roleMetric.by;

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

const ofDatabases = { ...chosenLink, ...chosenDatabase };
const databaseLabels = ['link', 'managed_instance', 'database'] as const;
const byDatabase = `by (${databaseLabels.join(', ')})`;
const most = (metric: Metric): string => `max ${byDatabase} (${select<string>(metric, ofDatabases)})`;

const databaseColumns: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  [
    stateNumber({ ...synchronizationMetric, by: databaseLabels }, synchronizationStates, ofDatabases),
    { title: 'Worst copy', look: stateWords(synchronizationStates), isQuiet: true, widthPixels: 150 },
  ],
  [
    most(databaseSuspended),
    {
      title: 'Movement',
      look: [
        { value: 0, text: 'moving', color: 'green' },
        { value: 1, text: 'suspended', color: 'orange' },
      ],
      isQuiet: true,
      widthPixels: 100,
    },
  ],
  [most(databaseSecondaryLagSeconds), { title: 'Lag', unit: 's', look: lagSteps, isQuiet: true }],
  [most(databaseEstimatedDataLossSeconds), { title: 'Loss if forced', unit: 's', look: dataLossSteps, isQuiet: true }],
  [most(databaseLogSendQueueBytes), { title: 'To send', unit: 'bytes', look: sendQueueSteps, isQuiet: true }],
  [most(databaseLogSendRateBytesPerSecond), { title: 'Send rate', unit: 'binBps' }],
  [most(databaseRedoQueueBytes), { title: 'To redo', unit: 'bytes', look: redoQueueSteps, isQuiet: true }],
  [most(databaseEstimatedRecoverySeconds), { title: 'To recover', unit: 's' }],
  [
    `min ${byDatabase} (${select(databaseLogTimeLeftSeconds, ofDatabases)}) / 3600`,
    { title: 'Log full in', unit: 'suffix: hours', look: logHoursSteps, isQuiet: true, decimals: 1 },
  ],
  [
    `min ${byDatabase} (${select(linkFailoverReady, ofDatabases)})`,
    {
      title: 'Failover',
      look: [
        { value: 0, text: 'not yet', color: 'blue' },
        { value: 1, text: 'ready', color: 'green' },
      ],
      isQuiet: true,
      widthPixels: 90,
    },
  ],
  [
    `max ${byDatabase} (${select(databaseLogReuseWait, { ...ofDatabases, reason: 'AVAILABILITY_REPLICA' })})`,
    { title: 'Log', look: [{ value: 1, text: 'held by the link', color: 'orange' }], widthPixels: 120 },
  ],
];

/** All that is known of each database of the link, in one row. */
export function databasesNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 51,
      title: 'Databases, worst copy first',
      description:
        'One row per database: the worse of its copies, what a forced failover would lose, what waits to be sent and redone, how long the log lasts, and whether a planned failover may start. An empty cell is not known or does not apply.',
      unit: 'none',
      queries: databaseColumns.map(([expression]) => ({ expression, legend: '{{database}}' })),
      whenEmpty: 'No copy of a database is seen.',
    },
    {
      columns: [
        { title: 'Database', from: { label: 'database' } },
        ...databaseColumns.map(([, column], index) => ({ ...column, from: { query: queryLetter(index) } })),
      ],
      sortBy: 'Worst copy',
    },
  );
}
