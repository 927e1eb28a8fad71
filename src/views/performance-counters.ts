import type { LogCounter } from '../model/database.ts';
import { bytesOfKilobytes } from './column.ts';
import { view } from './view.ts';

const sizeCounter = 'Log File(s) Size (KB)';
const usedCounter = 'Log File(s) Used Size (KB)';

/**
 * How large the log of each database is and how much of it is used: two rows per database. `object_name` begins with the
 * name of the instance; all three texts are nchar(128), filled up with blanks.
 */
export const performanceCounters = view({
  name: 'performance_counters',
  source: 'sys.dm_os_performance_counters',
  columns: { counter_name: 'nvarchar', instance_name: 'nvarchar null', cntr_value: 'bigint null' },
  where: `object_name LIKE '%:Databases%' AND counter_name IN ('${sizeCounter}', '${usedCounter}')`,
  parse: (record) => {
    const name = record.counter_name.trimEnd();
    const instanceName = record.instance_name?.trimEnd() ?? '';
    if (instanceName === '' || instanceName === '_Total') return [];
    return [{ instanceName, counter: counterOf(name), bytes: bytesOfKilobytes(record.cntr_value) }];
  },
});

function counterOf(name: string): LogCounter['counter'] {
  return name === sizeCounter ? 'size' : 'used';
}
