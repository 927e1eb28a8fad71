import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { indexLogs, type LogSpace, logSpaceOf } from '../../src/link/log-space.ts';
import type { Database, LogCounter, LogFile } from '../../src/model/database.ts';
import { database } from './database-rows.ts';
import { serverFacts, snapshot } from './server-state.ts';

const gibibyte = 1024 ** 3;

interface Case {
  readonly row?: Partial<Database>;
  readonly name?: string;
  readonly size?: number | null;
  readonly used?: number | null;
  readonly files?: readonly Partial<LogFile>[] | null;
  readonly growth?: number | null;
}

function spaceOf({ row = {}, name = 'Sales', size = 20, used = 10, files = [{}], growth = null }: Case) {
  const bytes = (value: number | null): number | null => (value === null ? null : value * gibibyte);
  const counters: readonly LogCounter[] = [
    { instanceName: name, counter: 'size', bytes: bytes(size) },
    { instanceName: name, counter: 'used', bytes: bytes(used) },
    { instanceName: 'HR', counter: 'used', bytes: 1 },
  ];
  const { views } = snapshot(serverFacts(), {
    performance_counters: counters,
    master_files:
      files?.map((file, at) => ({
        databaseId: 5,
        fileId: 2 + at,
        sizeBytes: 20 * gibibyte,
        limitBytes: 100 * gibibyte,
        ...file,
      })) ?? null,
  });
  const history = new Map([
    [name.toLowerCase(), { samples: [], growthBytesPerSecond: growth, waitsForBackupSinceSeconds: null }],
  ]);
  return logSpaceOf(database(row), indexLogs(views, history));
}

describe('the log of a database', () => {
  const guid = '0F8FAD5B-D9CB-469F-A165-70867728950E';
  const cases: readonly (readonly [string, Case, Partial<LogSpace> | null])[] = [
    ['as both views tell it', {}, { sizeBytes: 20 * gibibyte, usedBytes: 10 * gibibyte, limitBytes: 100 * gibibyte }],
    ['growing', { growth: gibibyte / 60 }, { growthBytesPerSecond: gibibyte / 60, timeLeftSeconds: 90 * 60 }],
    ['at its limit', { used: 20, files: [{ limitBytes: 20 * gibibyte }], growth: 1 }, { timeLeftSeconds: 0 }],
    ['two files', { files: [{}, {}] }, { limitBytes: 200 * gibibyte }],
    [
      'two files, one not told',
      { files: [{}, { limitBytes: null }], growth: 1e6 },
      { limitBytes: null, timeLeftSeconds: null },
    ],
    [
      'files not read',
      { files: null, growth: 1e6 },
      { limitBytes: null, timeLeftSeconds: null, usedBytes: 10 * gibibyte },
    ],
    [
      'a GUID in either case',
      { row: { physicalDatabaseName: guid }, name: guid.toLowerCase() },
      { usedBytes: 10 * gibibyte },
    ],
    [
      'counters not shown',
      { name: 'Other', growth: 1e6 },
      { usedBytes: null, sizeBytes: 20 * gibibyte, timeLeftSeconds: null },
    ],
    [
      'used is NULL',
      { used: null, growth: 1e6 },
      { usedBytes: null, growthBytesPerSecond: null, timeLeftSeconds: null },
    ],
    ['more used than there is', { used: 21, growth: 1e6 }, { usedBytes: null, sizeBytes: null, timeLeftSeconds: null }],
    ['a negative counter', { used: -1 }, { usedBytes: null }],
    ['so slow that it never fills', { growth: 1 }, { growthBytesPerSecond: 1, timeLeftSeconds: null }],
    ['nothing at all', { name: 'Other', files: [] }, null],
  ];
  for (const [name, each, expected] of cases) {
    test(name, () => {
      const space = spaceOf(each);
      if (expected === null) assert.equal(space, null);
      else assert.deepEqual({ ...space, ...expected }, space);
    });
  }
});
