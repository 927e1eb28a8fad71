import { disconnected, healthyLink } from './link-states.ts';
import { type Stage, still } from './stage.ts';

/** Servers that the exporter can't reach, or of which it may not read everything. */
export const accessStages = {
  'primary-unreachable': {
    ...still(
      'primary-unreachable',
      'SQL Server, the primary, is lost: nobody reaches it, and the managed instance waits for it.',
      disconnected,
    ),
    down: ['sqlServer'],
  },
  'secondary-unreachable': {
    ...still(
      'secondary-unreachable',
      'The link is in good order, but the exporter can not reach the managed instance.',
      healthyLink,
    ),
    down: ['managedInstance'],
  },
  unreachable: {
    ...still('unreachable', 'Neither server can be reached.', disconnected),
    down: ['sqlServer', 'managedInstance'],
  },
  'view-failing': {
    ...still('view-failing', 'The link is in good order, but SQL Server does not have one of its views.', healthyLink),
    viewFaults: { sqlServer: { missing: ['dm_hadr_physical_seeding_stats'] } },
  },
  'permission-missing': {
    ...still(
      'permission-missing',
      "The link is in good order, but the exporter's login on the managed instance lost VIEW ANY DEFINITION.",
      healthyLink,
    ),
    viewFaults: { managedInstance: { permissions: ['VIEW SERVER STATE'] } },
  },
  'groups-not-readable': {
    ...still(
      'groups-not-readable',
      'The link is in good order, but SQL Server refuses the exporter the list of its availability groups.',
      healthyLink,
    ),
    viewFaults: { sqlServer: { denied: ['availability_groups'] } },
  },
  'replicas-not-readable': {
    ...still(
      'replicas-not-readable',
      'The link is in good order, but SQL Server refuses the exporter the list of the members of its availability groups.',
      healthyLink,
    ),
    viewFaults: { sqlServer: { denied: ['availability_replicas'] } },
  },
} as const satisfies Record<string, Stage>;
