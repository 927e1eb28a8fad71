import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DatabaseReport, LogReport } from '../../src/check/report/report.ts';
import { logTexts } from '../../src/words/databases.ts';

const gibibyte = 1024 ** 3;

function database(name: string, log: Partial<LogReport> = {}): DatabaseReport {
  const full: LogReport = {
    server: 'sql-a',
    role: 'PRIMARY',
    reuseWait: 'AVAILABILITY_REPLICA',
    sizeBytes: 150 * gibibyte,
    usedBytes: 142 * gibibyte,
    limitBytes: 200 * gibibyte,
    growthBytesPerSecond: null,
    timeLeftSeconds: null,
    waitsForBackupSeconds: null,
    ...log,
  };
  const none = {
    isExpected: null,
    isPresent: true,
    isCarried: true,
    copies: [],
    isFailoverReady: null,
    failoverChecks: [],
  };
  return { ...none, name, logs: [full] };
}

describe('what is said of a log', () => {
  const kept = 'kept for a copy that has not got it (AVAILABILITY_REPLICA)';
  const left = 'full in 3 h 10 min at the present rate, before that if its disk is smaller';
  const cases: readonly (readonly [string, Partial<LogReport>, string | null])[] = [
    ['filling', { timeLeftSeconds: 11_400 }, `log of Sales on sql-a: 71 % of 200 GiB, ${left}, ${kept}.`],
    ['kept, rate not known', {}, `log of Sales on sql-a: 71 % of 200 GiB, ${kept}.`],
    ['kept, limit not known', { limitBytes: null }, `log of Sales on sql-a: 142 GiB used, ${kept}.`],
    ['kept, nothing known', { usedBytes: null }, `log of Sales on sql-a: not known how full, ${kept}.`],
    [
      'filling for another reason',
      { reuseWait: 'LOG_BACKUP', timeLeftSeconds: 11_400 },
      `log of Sales on sql-a: 71 % of 200 GiB, ${left}.`,
    ],
    ['days left, not kept', { reuseWait: 'NOTHING', timeLeftSeconds: 200_000 }, null],
    ['not kept', { reuseWait: 'LOG_BACKUP' }, null],
    ['reason not told', { reuseWait: null }, null],
    ['of a secondary', { role: 'SECONDARY' }, null],
  ];
  for (const [name, log, text] of cases) {
    test(name, () => assert.deepEqual(logTexts([database('Sales', log)]), text === null ? [] : [text]));
  }
});

test('the most urgent first, and what is beyond is counted', () => {
  const hours = [5, 1, 4, 3, 2, 6];
  const texts = logTexts(hours.map((hour) => database(`Db${hour}`, { timeLeftSeconds: hour * 3600 })));
  assert.deepEqual(
    texts.map((text) => /Db\d|and 2 more logs/.exec(text)?.[0]),
    ['Db1', 'Db2', 'Db3', 'Db4', 'and 2 more logs'],
  );
});
