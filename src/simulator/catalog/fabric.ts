import { nullable, nvarchar, sqlTypes } from './column.ts';
import type { Column, Table } from './table.ts';
import { managedInstanceOnly } from './version.ts';

/** The undocumented dm_hadr_fabric_* views of a managed instance: the columns that Microsoft's network check reads. */
function fabricView(name: string, columns: readonly Column[]): Table {
  return { schema: 'sys', name, access: 'server state', since: managedInstanceOnly, columns };
}

export const fabricConfigParameters: Table = fabricView('dm_hadr_fabric_config_parameters', [
  nullable('section_name', nvarchar(256)),
  nullable('parameter_name', nvarchar(256)),
  nullable('value', nvarchar(4000)),
]);

export const fabricPartitions: Table = fabricView('dm_hadr_fabric_partitions', [
  nullable('partition_id', sqlTypes.guid),
  nullable('service_name', nvarchar(256)),
]);

export const fabricReplicas: Table = fabricView('dm_hadr_fabric_replicas', [
  nullable('partition_id', sqlTypes.guid),
  nullable('replica_address', nvarchar(512)),
  nullable('replica_role', sqlTypes.int),
  nullable('node_name', nvarchar(256)),
]);

export const fabricNodes: Table = fabricView('dm_hadr_fabric_nodes', [nullable('node_name', nvarchar(256))]);
