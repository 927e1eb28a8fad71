import {
  azureDatabaseConnected,
  azureDatabaseHealth,
  azureDatabaseLastError,
  azureDatabaseReplicaState,
  azureDatabaseSeedingProgressRatio,
  azureLinkListed,
  azureLinkOnlyWitness,
  azureLinkReadTimestampSeconds,
  azureLinkRole,
} from '../../../metrics/families/azure/link.ts';
import { goodWhenOne } from '../look.ts';
import { timelinePanel, timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { byLink, chartLines, linkName, outermost, timelineLines } from '../queries.ts';
import { type ColouredState, healthStates, roleStates, stateNumber, stateWords } from '../states.ts';
import { linkColumn, managedInstanceColumn, tablePanel } from '../table-panel.ts';
import { chosenLink, select } from '../variables.ts';

/** Worst first: errors, what passes, and how a link is when it works. */
const replicaStates: readonly ColouredState[] = [
  ['LinkInitError', 'red'],
  ['LinkCreationError', 'red'],
  ['LinkSynchronizationError', 'red'],
  ['other', 'purple'],
  ['LinkFailoverInProgress', 'orange'],
  ['InitiatingLink', 'blue'],
  ['CreatingLink', 'blue'],
  ['Seeding', 'blue'],
  ['LinkInitialSeeding', 'blue'],
  ['Catchup', 'light-blue'],
  ['LinkSynchronizing', 'green'],
];
const databaseLabels = ['link', 'managed_instance', 'database'] as const;
const byDatabase = `by (${databaseLabels.join(', ')})`;
const replicaState = { metric: azureDatabaseReplicaState, label: 'state', by: databaseLabels } as const;
const health = { metric: azureDatabaseHealth, label: 'health', by: databaseLabels } as const;
const role = { metric: azureLinkRole, label: 'role', by: ['link', 'managed_instance'] } as const;
const legend = '{{link}} {{database}}';

/** What Microsoft's page on troubleshooting looks at, in one row per database. */
export function azureDatabases(): UnplacedPanel {
  return tablePanel(
    {
      id: 10,
      title: 'Databases as Azure shows them, worst first',
      description:
        'replicaState of each database and the number of its most recent error, which may be over. What each number means and what to do is in docs/errors.md, and in `milink-exporter check`. Azure is some seconds behind the servers.',
      unit: 'none',
      queries: [
        stateNumber(replicaState, replicaStates, chosenLink),
        `min ${byDatabase} (${select(azureDatabaseConnected, chosenLink)})`,
        stateNumber(health, healthStates, chosenLink),
        `group by (link, managed_instance, database, error) (${select(azureDatabaseLastError, chosenLink)})`,
      ].map((expression) => ({ expression, legend })),
      whenEmpty: 'Azure is not read, or shows no database of these links.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        { title: 'Database', from: { label: 'database' } },
        { title: 'replicaState', from: { query: 'A' }, look: stateWords(replicaStates), widthPixels: 220 },
        { title: 'Partner', from: { query: 'B' }, look: goodWhenOne('not connected', 'connected'), isQuiet: true },
        { title: 'Health', from: { query: 'C' }, look: stateWords(healthStates), isQuiet: true },
        { title: 'Most recent error', from: { label: 'error' } },
      ],
      sortBy: 'replicaState',
    },
  );
}

/** Since when. */
export function replicaStatesOverTime(): UnplacedPanel {
  return timelinePanel(
    {
      id: 11,
      title: 'replicaState over time, the 20 worst now',
      description:
        'The stages of a new link, its errors, and failovers, as Azure shows them. A gap: Azure could not be read.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'bottomk',
            timelineLines,
            (at) => stateNumber(replicaState, replicaStates, chosenLink, at),
            databaseLabels,
          ),
          legend,
        },
      ],
      whenEmpty: 'Azure is not read, or shows no database of these links.',
    },
    stateWords(replicaStates),
  );
}

/** Each link. */
export function azureLinks(): UnplacedPanel {
  return tablePanel(
    {
      id: 12,
      title: 'Links in Azure',
      description:
        "Whether Azure lists each link, the role that it gives the instance, and whether the instance's end is seen through Azure only, as no configured server is it. Then half of what this exporter knows is missing.",
      unit: 'none',
      queries: [
        `max ${byLink} (${select(azureLinkListed, chosenLink)})`,
        stateNumber(role, roleStates, chosenLink),
        `max ${byLink} (${select(azureLinkOnlyWitness, chosenLink)})`,
        `time() - max ${byLink} (${select(azureLinkReadTimestampSeconds, chosenLink)})`,
      ].map((expression) => ({ expression, legend: linkName })),
      whenEmpty: 'Azure is not read.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        { title: 'Listed', from: { query: 'A' }, look: goodWhenOne('no', 'yes'), isQuiet: true, widthPixels: 70 },
        { title: 'Role of the instance', from: { query: 'B' }, look: stateWords(roleStates) },
        {
          title: 'Seen by',
          from: { query: 'C' },
          look: [
            { value: 0, text: 'its server too', color: 'green' },
            { value: 1, text: 'Azure only', color: 'orange' },
          ],
          isQuiet: true,
        },
        { title: 'Read', from: { query: 'D' }, unit: 's', widthPixels: 80 },
      ],
      sortBy: 'Listed',
    },
  );
}

/** The first copy, as Azure counts it. */
export function seedingInAzure(): UnplacedPanel {
  return timeseriesPanel({
    id: 22,
    title: 'First copy, as Azure counts it, the ten that have least',
    description:
      'seedingProgress of each database while it is copied for the first time. The dashboard Seeding has what the servers count.',
    unit: 'percentunit',
    queries: [
      {
        expression: outermost(
          'bottomk',
          chartLines,
          (at) => `max ${byDatabase} (${select(azureDatabaseSeedingProgressRatio, chosenLink)}${at})`,
          databaseLabels,
        ),
        legend,
      },
    ],
    whenEmpty: 'Azure shows no first copy, as usual.',
  });
}
