import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComplete, type LoginLook, missingRights } from '../../src/grants/missing.ts';
import { targetOf } from '../../src/grants/need.ts';

const state = 'VIEW SERVER STATE';
const performance = 'VIEW SERVER PERFORMANCE STATE';
const definition = 'VIEW ANY DEFINITION';
const log = 'VIEW ANY ERROR LOG';

type Held = Readonly<Record<string, boolean | null>>;

function lookOf(target: LoginLook['target'], held: Held, failures: LoginLook['failures'] = []): LoginLook {
  return { target, permissions: Object.entries(held).map(([name, value]) => ({ name, held: value })), failures };
}

const cases: readonly (readonly [string, LoginLook, boolean, readonly string[], boolean | null])[] = [
  ['all held', lookOf('sql-server-2016', { [state]: true, [definition]: true }), true, [], true],
  [
    'nothing held',
    lookOf('sql-server-2016', { [state]: false, [definition]: false }),
    false,
    [state, definition],
    false,
  ],
  [
    'the wide one does',
    lookOf('sql-server-2022', { [state]: true, [performance]: false, [definition]: true }),
    false,
    [],
    true,
  ],
  [
    'the narrow one does',
    lookOf('managed-instance', { [state]: false, [performance]: true, [definition]: true }),
    false,
    [],
    true,
  ],
  ['no error log', lookOf('managed-instance', { [state]: true, [definition]: true, [log]: false }), true, [log], false],
  [
    'no error log wanted',
    lookOf('managed-instance', { [state]: true, [definition]: true, [log]: false }),
    false,
    [],
    true,
  ],
  ['a name not known', lookOf('managed-instance', { [state]: true, [definition]: true, [log]: null }), true, [], null],
  ['permissions not read', { target: 'managed-instance', permissions: null, failures: [] }, false, [], null],
];

for (const [name, look, isErrorLogRead, permissions, complete] of cases) {
  test(`what is missing: ${name}`, () => {
    const missing = missingRights(look, isErrorLogRead);
    assert.deepEqual(missing.permissions, permissions);
    assert.equal(isComplete(look, missing), complete);
  });
}

const denied = { reason: 'permission', message: 'denied', errorNumber: 229 } as const;
const gone = { reason: 'missing_object', message: 'gone', errorNumber: 208 } as const;

test('a view that is refused counts where no permission explains it, but for the one that is nice to have', () => {
  const failures = [
    { view: 'certificates', source: 'sys.certificates', failure: denied },
    { view: 'endpoint_certificate', source: 'sys.sp_get_endpoint_certificate', failure: denied },
    { view: 'databases', source: 'sys.databases', failure: gone },
  ] as const;
  const held = { [state]: true, [definition]: true };
  assert.deepEqual(missingRights(lookOf('managed-instance', held, failures), false), {
    permissions: [],
    refused: [{ source: 'sys.certificates', message: 'denied' }],
    unknown: [{ source: 'sys.databases', message: 'gone' }],
  });
  const lacking = missingRights(lookOf('managed-instance', { ...held, [definition]: false }, failures), false);
  assert.deepEqual([lacking.permissions, lacking.refused], [[definition], []]);
});

for (const [engine, majorVersion, target] of [
  ['sql_server', 13, 'sql-server-2016'],
  ['sql_server', 15, 'sql-server-2016'],
  ['sql_server', 16, 'sql-server-2022'],
  ['sql_server', 17, 'sql-server-2022'],
  ['managed_instance', 12, 'managed-instance'],
] as const) {
  test(`${engine} ${majorVersion} is ${target}`, () => assert.equal(targetOf({ engine, majorVersion }), target));
}
