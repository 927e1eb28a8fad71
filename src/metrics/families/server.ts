import { unlinkedGroups } from '../../link/standing.ts';
import { type Family, family } from '../family.ts';
import { answeredServers, flag, known } from './made-of.ts';

export const serverInfo = family({
  name: 'milink_server_info',
  help: 'The server: engine from SERVERPROPERTY EngineEdition, version from ProductVersion (a managed instance says 12.0 whatever its update policy), edition from Edition, update_type from ProductUpdateType: of a managed instance Continuous when it is always up to date, empty where the server does not say.',
  type: 'info',
  labels: ['server', 'engine', 'version', 'edition', 'update_type'],
  source: 'SERVERPROPERTY',
  samples: (state) =>
    answeredServers(state).map(({ server, snapshot: { server: facts } }) => ({
      labels: {
        server,
        engine: facts.engine,
        version: facts.version,
        edition: facts.edition,
        update_type: facts.updateType ?? '',
      },
      value: 1,
    })),
});

export const serverClockOffsetSeconds = family({
  name: 'milink_server_clock_offset_seconds',
  help: 'How far the clock of the server (SYSUTCDATETIME) is ahead of that of the exporter, at the middle of the round trip. Absent where that clock could not be read.',
  type: 'gauge',
  labels: ['server'],
  source: 'SYSUTCDATETIME()',
  samples: (state) =>
    answeredServers(state).flatMap(({ server, snapshot }) => known({ server }, snapshot.clockOffsetSeconds)),
});

export const permission = family({
  name: 'milink_permission',
  help: 'Whether the login holds the permission, from HAS_PERMS_BY_NAME: 1 or 0. Absent where the server does not know the permission.',
  type: 'gauge',
  labels: ['server', 'permission'],
  source: 'HAS_PERMS_BY_NAME',
  samples: (state) =>
    answeredServers(state).flatMap(({ server, snapshot }) =>
      (snapshot.views.permissions ?? []).flatMap(({ name, held }) => known({ server, permission: name }, flag(held))),
    ),
});

export const serverUnlinkedDistributedGroups = family({
  name: 'milink_server_unlinked_distributed_groups',
  help: 'How many distributed availability groups of the server are no links: no member names a managed instance, and the configuration does not list them. They are not judged.',
  type: 'gauge',
  labels: ['server'],
  source: 'sys.availability_groups, sys.availability_replicas',
  samples: (state) =>
    state.servers.flatMap((server) =>
      known({ server: server.name }, unlinkedGroups(server, state.links)?.length ?? null),
    ),
});

export const leftOut = family({
  name: 'milink_server_left_out',
  help: 'How much the server has beyond limits.links and limits.databases of the configuration, which is read and not shown: groups (links and ordinary availability groups), databases, and rows beyond what so many can have. Of more than the limits those are shown that the configuration expects, then by name. Absent while nothing is left out.',
  type: 'gauge',
  labels: ['server', 'kind'],
  source: 'exporter',
  samples: (state) =>
    answeredServers(state).flatMap(({ server, snapshot }) =>
      Object.entries(snapshot.leftOut ?? {}).flatMap(([kind, value]) =>
        value === 0 ? [] : [{ labels: { server, kind }, value }],
      ),
    ),
});

/** What each server says of itself and of what the login may see. */
export const serverFamilies: readonly Family[] = [
  serverInfo,
  serverClockOffsetSeconds,
  permission,
  serverUnlinkedDistributedGroups,
  leftOut,
];
