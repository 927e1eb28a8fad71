import { view } from './view.ts';

/** Ordinary and distributed groups. */
export const availabilityGroups = view({
  name: 'availability_groups',
  source: 'sys.availability_groups',
  columns: { group_id: 'uniqueidentifier', name: 'nvarchar', is_distributed: 'bit null' },
  newer: { cluster_type_desc: 'nvarchar null' },
  since: { cluster_type_desc: 14 },
  parse: (record) => ({
    groupId: record.group_id.toUpperCase(),
    name: record.name,
    isDistributed: record.is_distributed,
    clusterType: record.cluster_type_desc,
  }),
});
