import type { Row } from '../../row.ts';
import { guid } from '../guid.ts';
import { clusterName, fabricPlace } from '../network.ts';
import type { EndView } from '../view.ts';

/** sys.dm_hadr_fabric_config_parameters of a managed instance: its name, its cluster and the port of its replicas. */
export function fabricConfigParameterRows(view: EndView): readonly Row[] {
  const { hostName } = view.self;
  const { port } = fabricPlace(hostName, nodeName(view));
  const parameters = [
    ['DnsRecordName', hostName],
    ['ClusterName', clusterName(hostName)],
    ['HadrPort', String(port)],
    ['InstanceName', instanceName(view)],
  ] as const;
  return parameters.map(([name, value]) => ({ section_name: 'SQL', parameter_name: name, value }));
}

/** sys.dm_hadr_fabric_partitions: the partition that runs the instance. Microsoft's network check joins on the name's last part. */
export function fabricPartitionRows(view: EndView): readonly Row[] {
  const id = partitionId(view);
  return [{ partition_id: id, service_name: `fabric:/Worker.CL/${id}/SQL.ManagedServer/${instanceName(view)}` }];
}

/** sys.dm_hadr_fabric_replicas: the primary, whose address names the node before the backslash. */
export function fabricReplicaRows(view: EndView): readonly Row[] {
  return [
    {
      partition_id: partitionId(view),
      replica_address: `${nodeName(view)}\\${fabricPlace(view.self.hostName, nodeName(view)).port}`,
      replica_role: 2,
      node_name: nodeName(view),
    },
  ];
}

/** sys.dm_hadr_fabric_nodes. */
export function fabricNodeRows(view: EndView): readonly Row[] {
  return [{ node_name: nodeName(view) }];
}

function instanceName(view: EndView): string {
  return view.self.hostName.split('.')[0] ?? '';
}

function partitionId(view: EndView): string {
  return guid(view.world.topology.seed, 'partition', view.self.hostName);
}

function nodeName(view: EndView): string {
  return `DB${guid(view.world.topology.seed, 'node', view.self.hostName).slice(0, 4)}`;
}
