import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Evidence } from '../../src/preflight/condition.ts';
import { conditions } from '../../src/preflight/conditions/all.ts';
import {
  databases,
  encryption,
  endpoints,
  groups,
  jobs,
  logFlushed,
  networkTests,
  replicas,
  resources,
  upSince,
} from '../../src/preflight/questions.ts';
import { assess, healthy } from '../link/azure-state.ts';
import { evidence, judged, side } from './evidence.ts';

const untold = { kind: 'untold', why: 'the login lacks X', right: 'X' } as const;
const link = assess(healthy, { links: null });
const groupId = link.ends[0]?.groupId ?? '';
const url = (endpoint_url: string) => [{ group_id: groupId, endpoint_url }];
const instance = (isEncrypted: boolean | null, keys: readonly object[] | typeof untold): Evidence['managedInstance'] =>
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

const rate = ({
  days,
  bytes,
  name = 'sales',
}: {
  days: number | null;
  bytes: number | null;
  name?: string;
}): Evidence =>
  evidence({
    sqlServer: side('sql_server', [
      [upSince, [{ up_seconds: days === null ? null : BigInt(days * 86_400) }]],
      [logFlushed, [{ instance_name: name, cntr_value: bytes === null ? null : BigInt(bytes) }]],
    ]),
    managedInstance: side('managed_instance', [
      [resources, [{ end_time: new Date(0), sku: 'GeneralPurpose', virtual_core_count: 4 }]],
    ]),
  });
const run = 'milink-exporter test-network 0123abcd';
const endpointNamed = (
  name: string,
  tests: readonly object[] | typeof untold,
  used: readonly object[] | typeof untold = [],
): Evidence =>
  evidence({
    sqlServer: side('sql_server', [
      [endpoints, [{ endpoint_id: 5, name }]],
      [groups, used],
      [networkTests, tests],
    ]),
  });
const left = (job: string, tests: readonly object[] | typeof untold): Evidence =>
  evidence({
    sqlServer: side('sql_server', [
      [jobs, [{ name: job }]],
      [networkTests, tests],
    ]),
    managedInstance: side('managed_instance', [[jobs, []]]),
  });

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
  [
    'copy_only_backup',
    evidence({ goal: 'failover', managedInstance: instance(null, []) }),
    [/^untold sys\.databases does not say/],
  ],
  [
    'copy_only_backup',
    evidence({ goal: 'failover', managedInstance: instance(true, [{ database_id: 5, encryptor_type: null }]) }),
    [/^untold it is encrypted, and its key is not shown/],
  ],
  ['log_rate', rate({ days: 2, bytes: 1e9 }), [/^passed on average/]],
  ['log_rate', rate({ days: 2, bytes: 1e14 }), [/^warning .*will not follow/]],
  ['log_rate', rate({ days: 0.5, bytes: 1e14 }), [/^untold it was started less than a day ago/]],
  ['log_rate', rate({ days: null, bytes: 1e14 }), [/^untold it does not say how long/]],
  ['log_rate', rate({ days: 2, bytes: null }), [/^untold a counter of these databases has no value/]],
  ['log_rate', rate({ days: 2, bytes: 1e9, name: 'Other' }), [/^untold the counters of some/]],
  ['left_over_jobs', left('TestMILinkConnection', []), [/^warning the job .* is left\.$/, /^passed/]],
  [
    'left_over_jobs',
    left(run, [{ program_name: run, sees_all: 1 }]),
    [/^warning .* of a test that runs now/, /^passed/],
  ],
  ['left_over_jobs', left(run, [{ program_name: 'milink-exporter', sees_all: 1 }]), [/ is left\.$/, /^passed/]],
  [
    'left_over_jobs',
    left(run, [{ program_name: 'milink-exporter', sees_all: 0 }]),
    [/unless a test runs now/, /^passed/],
  ],
  ['left_over_jobs', left(run, untold), [/unless a test runs now/, /^passed/]],
  ['left_over_endpoint', endpointNamed('Hadr_endpoint', []), [/^passed it is not/]],
  ['left_over_endpoint', endpointNamed('TEST_ENDPOINT', []), [/^warning the endpoint TEST_ENDPOINT is left\.$/]],
  [
    'left_over_endpoint',
    endpointNamed(run, [{ program_name: run, sees_all: 1 }]),
    [/^warning .* of a test that runs now, and removes it when it ends/],
  ],
  ['left_over_endpoint', endpointNamed(run, untold), [/unless a test runs now/]],
  [
    'left_over_endpoint',
    endpointNamed('TEST_ENDPOINT', [], [{ name: 'AG', is_distributed: false }]),
    [/^warning .*availability groups use it: nothing is to be dropped/],
  ],
  ['left_over_endpoint', endpointNamed('TEST_ENDPOINT', [], untold), [/^warning .*was not told: nothing is to be/]],
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

test('the statement that removes a job is given only where no run that is alive has made it', () => {
  const condition = conditions.find(({ id }) => id === 'left_over_jobs');
  const remedies = (given: Evidence): readonly (string | undefined)[] =>
    (condition?.judge(given) ?? []).flatMap(({ status, remedy }) => (status === 'passed' ? [] : [remedy?.statement]));
  assert.match(String(remedies(left(run, [{ program_name: 'milink-exporter', sees_all: 1 }]))), /sp_delete_job/);
  assert.deepEqual(remedies(left(run, [{ program_name: run, sees_all: 1 }])), [undefined]);
  assert.deepEqual(remedies(left(run, [{ program_name: 'milink-exporter', sees_all: null }])), [undefined]);
});

test('the only endpoint of a server is to be dropped only where no group can use it', () => {
  const condition = conditions.find(({ id }) => id === 'left_over_endpoint');
  const remedies = (used: readonly object[] | typeof untold): readonly (string | undefined)[] =>
    (condition?.judge(endpointNamed('TEST_ENDPOINT', [], used)) ?? []).flatMap(({ status, remedy }) =>
      status === 'passed' ? [] : [remedy?.statement],
    );
  assert.deepEqual(remedies([]), ['USE master; DROP ENDPOINT [TEST_ENDPOINT]']);
  assert.deepEqual(remedies([{ name: 'AG', is_distributed: false }]), [undefined]);
  assert.deepEqual(remedies(untold), [undefined]);
});
