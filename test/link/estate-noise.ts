import type { AvailabilityGroup, AvailabilityReplica, ReplicaState } from '../../src/model/availability.ts';
import type { Engine } from '../../src/model/server.ts';
import { availabilityReplica, guid, replicaState } from './server-state.ts';

/** What a link may have beside it that says nothing about how it is. */
export const legalNoise = [
  'failed attempt of long ago',
  'old connection error',
  'ordinary group',
  'ordinary distributed group',
  'contained group',
  'expired certificate of another use',
  'imported certificate that signs modules',
  'server without a link',
] as const;
export type Noise = (typeof legalNoise)[number];

interface ExtraRows {
  readonly groups: readonly AvailabilityGroup[];
  readonly replicas: readonly AvailabilityReplica[];
  readonly states: readonly ReplicaState[];
}

/** Groups that are none of the link's, on the SQL Server: an ordinary one in trouble, and a distributed one without an instance. */
export function noiseRows(engine: Engine, noise: readonly Noise[]): ExtraRows {
  if (engine !== 'sql_server') return { groups: [], replicas: [], states: [] };
  const of = (name: string, isDistributed: boolean): ExtraRows => ({
    groups: [{ groupId: guid(name), name, isDistributed, clusterType: 'NONE' }],
    replicas: ['a', 'b'].map((member) =>
      availabilityReplica({
        groupId: guid(name),
        replicaId: guid(`${name} ${member}`),
        replicaServerName: member,
        endpointUrl: `tcp://${member}.corp.example:5022`,
      }),
    ),
    states: [
      replicaState({
        groupId: guid(name),
        replicaId: guid(`${name} a`),
        role: isDistributed ? 'SECONDARY' : 'PRIMARY',
      }),
      ...(isDistributed
        ? []
        : [
            replicaState({
              groupId: guid(name),
              replicaId: guid(`${name} b`),
              isLocal: false,
              connectedState: 'DISCONNECTED',
              synchronizationHealth: 'NOT_HEALTHY',
            }),
          ]),
    ],
  });
  const all = [
    ...(noise.includes('ordinary group') ? [of('AG_Other', false)] : []),
    ...(noise.includes('ordinary distributed group') ? [of('DAG_Other', true)] : []),
  ];
  return {
    groups: all.flatMap(({ groups }) => groups),
    replicas: all.flatMap(({ replicas }) => replicas),
    states: all.flatMap(({ states }) => states),
  };
}
