import type { LinkState } from '../world/state.ts';
import type { LinkIdentity } from '../world/topology.ts';
import { connectionTimeout, copyAsOf, healthyLink, linkWith } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

/** Servers that the exporter can't reach, or of which it may not read everything. */
export const accessStages = {
  'primary-unreachable': {
    ...still(
      'primary-unreachable',
      'SQL Server, the primary, is lost: nobody reaches it, and the managed instance waits for it.',
      lost,
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
    ...still('unreachable', 'Neither server can be reached.', lost),
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
} as const satisfies Record<string, Stage>;

function lost(frame: Frame, identity: LinkIdentity): LinkState {
  return {
    ...linkWith(frame, identity, copyAsOf(frame.happenedAtMilliseconds)),
    connected: false,
    connectErrors: connectionTimeout(identity, frame.happenedAtMilliseconds),
  };
}
