import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../../src/link/assess-links.ts';
import { noHistory } from '../../../src/model/history.ts';
import { managedInstanceWithDatabase, sqlServerWithDatabase } from '../database-rows.ts';

const gibibyte = 1024 ** 3;
const hour = 3600;

interface Case {
  readonly hoursLeft?: number;
  readonly wait?: string | null;
  readonly growing?: boolean;
}

/** What is found of the log of Sales at the primary, 10 GiB below its limit. */
function found({ hoursLeft = 3, wait = 'AVAILABILITY_REPLICA', growing = true }: Case): readonly string[] {
  const growth = (10 * gibibyte) / (hoursLeft * hour);
  const sqlServer = sqlServerWithDatabase(
    { catalogRow: { logReuseWait: wait } },
    {
      state: {
        history: {
          ...noHistory,
          logs: new Map([['sales', { samples: [], growthBytesPerSecond: growing ? growth : null }]]),
        },
      },
      views: {
        performance_counters: [{ instanceName: 'Sales', counter: 'used', bytes: 90 * gibibyte }],
        master_files: [{ databaseId: 5, fileId: 2, sizeBytes: 95 * gibibyte, limitBytes: 100 * gibibyte }],
      },
    },
  );
  return assessLinks([sqlServer, managedInstanceWithDatabase()], []).flatMap(({ findings }) =>
    findings
      .filter(({ code }) => code.startsWith('log_'))
      .map(({ code, severity, scope }) => `${severity} ${code} ${scope.database} ${scope.server}`),
  );
}

describe('a log that fills', () => {
  const cases: readonly (readonly [string, Case, readonly string[]])[] = [
    ['within hours', {}, ['critical log_full_soon Sales sql-prod-01']],
    ['within a day', { hoursLeft: 10 }, ['warning log_filling Sales sql-prod-01']],
    ['within days', { hoursLeft: 50 }, []],
    ['it does not grow', { growing: false }, []],
    ['it waits for its backup', { wait: 'LOG_BACKUP' }, []],
    ['it waits for nothing', { wait: 'NOTHING' }, []],
    ['why it waits is not told', { wait: null }, []],
  ];
  for (const [name, each, expected] of cases) test(name, () => assert.deepEqual(found(each), expected));
});
