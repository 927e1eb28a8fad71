import type { AzureStory, LinkState } from '../world/state.ts';
import type { LinkIdentity, ServerIdentity, Topology } from '../world/topology.ts';
import { errorsOfRest, withoutEnd } from './dropped.ts';
import { healthyLink } from './link-states.ts';
import { withSqlServer } from './servers.ts';
import { type Frame, type Stage, still } from './stage.ts';

/** Links whose creation failed: SQL Server has made its end, the managed instance never joined. */
export const neverMadeStages = {
  'creation-failed': {
    ...still(
      'creation-failed',
      'The creation of the links failed half-way: SQL Server has both groups, the managed instance only the uploaded certificate.',
      neverMade,
    ),
    azure: initError(41_986),
  },
  'certificate-not-uploaded': {
    ...still(
      'certificate-not-uploaded',
      'The managed instance refused the links: it does not know the certificate of SQL Server.',
      neverMade,
    ),
    azure: initError(41_973),
  },
  'certificate-not-imported': {
    ...still(
      'certificate-not-imported',
      'SQL Server refused the managed instance, whose certificate it does not know: the links were given up.',
      neverMade,
    ),
    azure: initError(41_974),
  },
  'request-not-received': {
    ...still(
      'request-not-received',
      'The managed instance waited in vain for the request to join: the links were given up.',
      neverMade,
    ),
    azure: initError(47_521),
  },
  'build-too-old': {
    ...still(
      'build-too-old',
      'The managed instance refused the links: the build of SQL Server 2017 is below the first that carries one.',
      neverMade,
    ),
    azure: initError(41_976),
    // A cumulative update later than the one before the Azure Connect Pack, which is a separate train.
    topology: (ordinary) => withSqlServer(ordinary, (server) => ({ ...server, ...oldBuild })),
  },
  'address-without-server': {
    ...still(
      'address-without-server',
      'The managed instance refused the links: its address in the distributed group lacks its name (;Server=[name]).',
      neverMade,
    ),
    azure: initError(41_976),
    topology: withoutServerName,
  },
} as const satisfies Record<string, Stage>;

const oldBuild: Partial<ServerIdentity> = {
  version: { managedInstance: false, major: 14 },
  productVersion: '14.0.3485.1',
  productLevel: 'RTM',
  compatibilityLevel: 140,
};

/** As Microsoft's page has it: the link is there in Azure, and never began. */
function initError(mostRecentLinkError: number): AzureStory {
  return { replicaState: 'LinkInitError', mostRecentLinkError };
}

/** Nothing was copied, and the partner never answered. */
function neverMade(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  return {
    ...withoutEnd(link, 'managedInstance'),
    connectErrors: errorsOfRest(frame, identity, 'managedInstance'),
    databases: link.databases.map((database) => ({ ...database, joined: false, seeding: [] })),
  };
}

function withoutServerName(ordinary: Topology): Topology {
  return {
    ...ordinary,
    links: ordinary.links.map((link) => ({
      ...link,
      endpointUrls: {
        ...link.endpointUrls,
        managedInstance: link.endpointUrls.managedInstance.split(';Server=')[0] ?? '',
      },
    })),
  };
}
