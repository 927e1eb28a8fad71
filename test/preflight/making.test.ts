import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Evidence } from '../../src/preflight/evidence.ts';
import { administrator, databases, encryption, groups, replicas } from '../../src/preflight/questions.ts';
import { assess, healthy } from '../link/azure-state.ts';
import { evidence, judged, side } from './evidence.ts';

const untold = { kind: 'untold', why: 'the login lacks X', right: 'X' } as const;
const link = assess(healthy, { links: null });
const groupId = link.ends[0]?.groupId ?? '';
const url = (endpoint_url: string) => [{ group_id: groupId, endpoint_url }];
const instance = (isEncrypted: boolean, keys: readonly object[] | typeof untold): Evidence['managedInstance'] =>
  side('managed_instance', [
    [databases, [{ database_id: 5, name: 'sales', is_encrypted: isEncrypted }]],
    [encryption, keys],
  ]);
const group = (preference: string | null) => {
  const name = link.ends.find(({ engine }) => engine === 'sql_server')?.localMember?.replicaServerName ?? '';
  return side('sql_server', [
    [groups, [{ name, is_distributed: false, automated_backup_preference_desc: preference }]],
  ]);
};

const cases: readonly (readonly [id: string, given: Evidence, expected: readonly RegExp[]])[] = [
  [
    'member_address',
    evidence({
      links: [link],
      sqlServer: side('sql_server', [[replicas, url('tcp://mi-prod.z.database.windows.net:5022;Server=[mi-prod]')]]),
    }),
    [/^passed/],
  ],
  [
    'member_address',
    evidence({
      links: [link],
      sqlServer: side('sql_server', [[replicas, url('TCP://mi-prod.z.database.windows.net:5022')]]),
    }),
    [/^failed .*;Server=\[name\]/],
  ],
  [
    'member_address',
    evidence({ links: [link], sqlServer: side('sql_server', [[replicas, url('tcp://sql-prod-01:5022')]]) }),
    [],
  ],
  ['member_address', evidence({ sqlServer: side('sql_server', [[replicas, untold]]) }), [/^untold .*lacks X/]],
  [
    'administrators',
    evidence({
      sqlServer: side('sql_server', [[administrator, [{ is_administrator: 1 }]]]),
      managedInstance: side('managed_instance', [[administrator, [{ is_administrator: 0 }]]]),
    }),
    [/^passed/, /^untold this login is not/],
  ],
  ['several_databases', evidence({ databases: ['a'] }), []],
  [
    'several_databases',
    evidence({ databases: ['a', 'b'] }),
    [/^warning 2 databases are 2 groups and links, or one in multi-database mode/],
  ],
  [
    'several_databases',
    evidence({ databases: ['a', 'b'], sqlServer: side('sql_server', [], { edition: 'Standard Edition (64-bit)' }) }),
    [/^warning .*Standard has no multi-database mode/],
  ],
  [
    'later_features',
    evidence({ sqlServer: side('sql_server', [], { majorVersion: 13 }) }),
    [/^warning SQL Server 2016/],
  ],
  ['later_features', evidence({ sqlServer: side('sql_server', [], { majorVersion: 14 }) }), [/^passed/]],
  [
    'copy_only_backup',
    evidence({ goal: 'failover', managedInstance: instance(false, []) }),
    [/^passed it is not encrypted/],
  ],
  [
    'copy_only_backup',
    evidence({
      goal: 'failover',
      managedInstance: instance(true, [{ database_id: 5, encryptor_type: 'CERTIFICATE' }]),
    }),
    [/^warning .*41922/],
  ],
  [
    'copy_only_backup',
    evidence({
      goal: 'failover',
      managedInstance: instance(true, [{ database_id: 5, encryptor_type: 'ASYMMETRIC KEY' }]),
    }),
    [/^passed .*key of your own/],
  ],
  [
    'copy_only_backup',
    evidence({ goal: 'failover', managedInstance: instance(true, untold) }),
    [/^untold it is encrypted, and its key is not shown/],
  ],
  ['backup_preference', evidence({ goal: 'failover' }), [/^passed the managed instance backs up its log/]],
  [
    'backup_preference',
    evidence({ goal: 'failback', links: [link], sqlServer: group('SECONDARY_ONLY') }),
    [/^warning .*SECONDARY_ONLY/],
  ],
  [
    'backup_preference',
    evidence({ goal: 'failback', links: [link], sqlServer: group('SECONDARY') }),
    [/^passed .*SECONDARY/],
  ],
  ['backup_preference', evidence({ goal: 'failback', links: [link], sqlServer: group(null) }), [/^untold/]],
];

describe('who makes a link, and its backups', () => {
  for (const [index, [id, given, expected]] of cases.entries()) {
    test(`${index} ${id}: ${expected.map(({ source }) => source).join(' ')}`, () => {
      const found = judged(id, given);
      assert.equal(found.length, expected.length, found.join('\n'));
      for (const [at, pattern] of expected.entries()) assert.match(found[at] ?? '', pattern);
    });
  }
});
