import { nullable, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.dm_os_performance_counters: the names are nchar(128), filled up with blanks. */
export const performanceCounters: Table = {
  schema: 'sys',
  name: 'dm_os_performance_counters',
  access: 'server state',
  columns: [
    required('object_name', { name: 'nchar', length: 128 }),
    required('counter_name', { name: 'nchar', length: 128 }),
    nullable('instance_name', { name: 'nchar', length: 128 }),
    required('cntr_value', sqlTypes.bigint),
    required('cntr_type', sqlTypes.int),
  ],
};
