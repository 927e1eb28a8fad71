import { databaseEstimatedDataLossSeconds, databaseSecondaryLagSeconds } from '../../metrics/families/database.ts';
import { linkEndsObserved, linkPrimaries, linkReason } from '../../metrics/families/link.ts';
import { linkFailoverReady } from '../../metrics/families/link-database.ts';
import { lastSuccessTimestampSeconds } from '../../metrics/families/polling.ts';
import { replicaConnected, replicaInfo, replicaRole } from '../../metrics/families/replica.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import { statPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import { ageSteps, dataLossSteps, lagSteps } from './limits.ts';
import { endWords, primaryWords } from './link-words.ts';
import { goodWhenOne, type StateWord, type Step } from './look.ts';
import { byLink, linkName } from './promql.ts';
import { stateNumber, stateWords } from './state-number.ts';
import { healthStates, replicaHealthMetric, roleMetric, roleStates, verdictMetric, verdictStates } from './states.ts';
import { type Column, tablePanel } from './table-panel.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from './variables.ts';

type Look = readonly StateWord[] | readonly Step[];
const figure = (
  frame: { id: number; title: string; description: string; unit: string; whenEmpty: string; expression: string },
  look: Look,
): UnplacedPanel => {
  const { expression, ...rest } = frame;
  return statPanel({ ...rest, queries: [{ expression, legend: '{{managed_instance}}' }] }, look);
};

const ofDatabases = { ...chosenLink, ...chosenDatabase };

/** The figures at the top. */
export function linkFigures(): readonly (readonly [width: number, panel: UnplacedPanel])[] {
  return [
    [6, verdictNow()],
    [3, primariesNow()],
    [3, endsSeenNow()],
    [3, lagNow()],
    [3, dataLossNow()],
    [3, readyNow()],
    [3, oldestData()],
  ];
}

function verdictNow(): UnplacedPanel {
  return figure(
    {
      id: 1,
      title: 'Verdict',
      description:
        'What both ends together say of the link. The reasons are below; what to do is in the runbook of the alert of that name.',
      expression: stateNumber(verdictMetric, verdictStates, chosenLink),
      unit: 'none',
      whenEmpty: 'No exporter reports this link.',
    },
    stateWords(verdictStates),
  );
}

function primariesNow(): UnplacedPanel {
  return figure(
    {
      id: 2,
      title: 'Primaries',
      description: 'How many ends are PRIMARY. Two: both take writes, stop the workload at one of them now.',
      expression: `max ${byLink} (${select(linkPrimaries, chosenLink)})`,
      unit: 'none',
      whenEmpty: 'Not known.',
    },
    primaryWords,
  );
}

function endsSeenNow(): UnplacedPanel {
  return figure(
    {
      id: 3,
      title: 'Ends seen',
      description:
        'How many ends answered in their latest poll. With one missing, this page shows half of the truth: see the dashboard Exporter.',
      expression: `max ${byLink} (${select(linkEndsObserved, chosenLink)})`,
      unit: 'none',
      whenEmpty: 'Not known.',
    },
    endWords,
  );
}

function lagNow(): UnplacedPanel {
  return figure(
    {
      id: 4,
      title: 'Highest lag',
      description: 'How far the slowest database is behind. The server knows none while it is suspended.',
      expression: `max ${byLink} (${select(databaseSecondaryLagSeconds, ofDatabases)})`,
      unit: 's',
      whenEmpty: 'Not known.',
    },
    lagSteps,
  );
}

function dataLossNow(): UnplacedPanel {
  return figure(
    {
      id: 5,
      title: 'Loss if forced',
      description: 'Seconds of commits that a forced failover would lose now, in the database that would lose most.',
      expression: `max ${byLink} (${select(databaseEstimatedDataLossSeconds, ofDatabases)})`,
      unit: 's',
      whenEmpty: 'Not known.',
    },
    dataLossSteps,
  );
}

function readyNow(): UnplacedPanel {
  return figure(
    {
      id: 6,
      title: 'Failover ready',
      description:
        'Whether a planned failover of every database may start now. Under load it may not: stop the workload first. Which check fails is further down.',
      expression: `min ${byLink} (${select(linkFailoverReady, ofDatabases)})`,
      unit: 'none',
      whenEmpty: 'Not known.',
    },
    [
      { value: 0, text: 'not yet', color: 'blue' },
      { value: 1, text: 'ready', color: 'green' },
    ],
  );
}

function oldestData(): UnplacedPanel {
  return figure(
    {
      id: 7,
      title: 'Oldest data',
      description: 'How long ago the end that has waited longest was last read. Old data: see the dashboard Exporter.',
      expression: `max(time() - max by (server) (${select(lastSuccessTimestampSeconds, chosenServer)}))`,
      unit: 's',
      whenEmpty: 'Never read.',
    },
    ageSteps,
  );
}

const byEnd = 'by (server, link, managed_instance)';
const ofEnds = { ...chosenLink, ...chosenServer };
const { by: endLabels } = roleMetric;

/** Columns of the table of ends with their queries. */
const endColumns: readonly (readonly [expression: string, columns: readonly Omit<Column, 'from'>[], label?: string])[] =
  [
    [stateNumber(roleMetric, roleStates, ofEnds), [{ title: 'Role', look: stateWords(roleStates), widthPixels: 100 }]],
    [
      stateNumber({ ...replicaHealthMetric, by: endLabels }, healthStates, { ...ofEnds, replica: 'local' }),
      [{ title: 'Own health', look: stateWords(healthStates), widthPixels: 130 }],
    ],
    [
      stateNumber({ ...replicaHealthMetric, by: endLabels }, healthStates, { ...ofEnds, replica: 'partner' }),
      [{ title: "Partner's health", look: stateWords(healthStates), widthPixels: 130 }],
    ],
    [
      `min ${byEnd} (${select(replicaConnected, { ...ofEnds, replica: 'partner' })})`,
      [{ title: 'Partner', look: goodWhenOne('not connected', 'connected'), widthPixels: 120 }],
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
          columns.map((column) => ({ ...column, from: { query: 'ABCD'[index] ?? '' } })),
        ),
        { title: 'Mode', from: { label: 'availability_mode' }, widthPixels: 210 },
        { title: 'Engine', from: { label: 'engine' }, widthPixels: 150 },
        { title: 'Version', from: { label: 'version' }, widthPixels: 110 },
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
      title: 'Reasons of the verdict',
      description:
        'Each reason is a code; `milink-exporter check` says it in a sentence, with what to do about it and the SQL for it.',
      unit: 'none',
      queries: [
        {
          expression: `group by (link, managed_instance, reason) (${select(linkReason, chosenLink)})`,
          legend: linkName,
        },
      ],
      whenEmpty: 'No exporter reports this link.',
    },
    {
      columns: [
        { title: 'Reason', from: { label: 'reason' } },
        { title: 'Managed instance', from: { label: 'managed_instance' } },
      ],
      sortBy: 'Reason',
    },
  );
}
