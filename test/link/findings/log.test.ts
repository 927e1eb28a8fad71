import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../../src/link/assessor.ts';
import { noHistory } from '../../../src/model/history.ts';
import { managedInstanceWithDatabase, sqlServerWithDatabase } from '../database-rows.ts';
import { availabilityReplica, guid, linkRows, replicaState } from '../server-state.ts';

const gibibyte = 1024 ** 3;
const hour = 3600;

interface Case {
  readonly hoursLeft?: number;
  readonly wait?: string | null;
  readonly growing?: boolean;
  /** How long it has waited for a log backup. */
  readonly waitedHours?: number;
}

/** What is found of the log of Sales at the primary, 10 GiB below its limit. */
function found({ hoursLeft = 3, wait = 'AVAILABILITY_REPLICA', growing = true, waitedHours }: Case): readonly string[] {
  const growth = (10 * gibibyte) / (hoursLeft * hour);
  const sqlServer = sqlServerWithDatabase(
    { catalogRow: { logReuseWait: wait } },
    {
      state: {
        history: {
          ...noHistory,
          logs: new Map([
            [
              'sales',
              {
                samples: [{ timestampSeconds: 1_000_000, usedBytes: 90 * gibibyte }],
                growthBytesPerSecond: growing ? growth : null,
                waitsForBackupSinceSeconds: waitedHours === undefined ? null : 1_000_000 - waitedHours * hour,
              },
            ],
          ]),
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
    [
      'its growth is not known, and nine tenths are used',
      { growing: false },
      ['warning log_filling Sales sql-prod-01'],
    ],
    ['it waits for its backup', { wait: 'LOG_BACKUP' }, []],
    [
      'nobody takes log backups',
      { wait: 'LOG_BACKUP', waitedHours: 2 },
      ['warning log_backup_missing Sales sql-prod-01'],
    ],
    ['the next log backup is due', { wait: 'LOG_BACKUP', waitedHours: 1.9 }, []],
    ['its backup was waited for, and now it is kept for a copy', { hoursLeft: 50, waitedHours: 9 }, []],
    ['it waits for nothing', { wait: 'NOTHING' }, []],
    ['why it waits is not told', { wait: null }, []],
  ];
  for (const [name, each, expected] of cases) test(name, () => assert.deepEqual(found(each), expected));
});

describe('a node of the own availability group that holds the log', () => {
  const held = (connectedState: string, partner = 'CONNECTED'): readonly string[] => {
    const rows = linkRows('sql_server');
    const own = rows.groups.find(({ isDistributed }) => isDistributed === false);
    const node = guid('node 2');
    const server = sqlServerWithDatabase(
      { catalogRow: { logReuseWait: 'AVAILABILITY_REPLICA' }, partner: { connectedState: partner } },
      {
        views: {
          availability_replicas: [
            ...rows.replicas,
            availabilityReplica({ replicaId: node, groupId: own?.groupId ?? '', replicaServerName: 'NODE2' }),
          ],
          availability_replica_states: [
            ...linkRows('sql_server', { partner: { connectedState: partner } }).states,
            replicaState({ replicaId: node, groupId: own?.groupId ?? '', isLocal: false, connectedState }),
          ],
        },
      },
    );
    const [link] = assessLinks([server, managedInstanceWithDatabase()], []);
    return (link?.findings ?? []).filter(({ code }) => code === 'log_held_by_node').map(({ text }) => text);
  };
  test('A13 is named, where the link is in order', () => {
    assert.match(held('DISCONNECTED')[0] ?? '', /NODE2 of its own availability group AG_Sales is not connected/);
  });
  test('is no news while it is connected, nor while the link is what is down', () => {
    assert.deepEqual([held('CONNECTED'), held('DISCONNECTED', 'DISCONNECTED')], [[], []]);
  });
});
