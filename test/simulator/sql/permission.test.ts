import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorsOf, events, type FixtureOptions, failures, fixtureSession, rowsOf } from './fixture.ts';

const managedInstance = { engineEdition: 8, productVersion: '12.0.2000.8' };
const olderServer = { productVersion: '15.0.4345.5' };

const access: readonly (readonly [name: string, options: FixtureOptions, allowed: boolean])[] = [
  ['VIEW SERVER STATE on 2022', { permissions: ['VIEW SERVER STATE'] }, true],
  ['VIEW SERVER PERFORMANCE STATE on 2022', { permissions: ['VIEW SERVER PERFORMANCE STATE'] }, true],
  [
    'VIEW SERVER PERFORMANCE STATE on a managed instance',
    { permissions: ['VIEW SERVER PERFORMANCE STATE'], properties: managedInstance },
    true,
  ],
  [
    'VIEW SERVER PERFORMANCE STATE on 2019',
    { permissions: ['VIEW SERVER PERFORMANCE STATE'], properties: olderServer },
    false,
  ],
  ['VIEW SERVER STATE on 2019', { permissions: ['VIEW SERVER STATE'], properties: olderServer }, true],
  ['CONTROL SERVER', { permissions: ['CONTROL SERVER'] }, true],
  ['VIEW ANY DEFINITION alone', { permissions: ['VIEW ANY DEFINITION'] }, false],
  ['nothing', { permissions: [] }, false],
];

describe('a dynamic management view', () => {
  for (const [name, options, allowed] of access) {
    it(`is ${allowed ? 'read' : 'refused'} with ${name}`, async () => {
      const errors = await failures('\nSELECT database_id FROM sys.states', options);
      assert.deepEqual(errors, allowed ? [] : ['300:14:1:2', '297:16:1:2']);
    });
  }

  it('names the missing permission as the version calls it', async () => {
    const message = async (options: FixtureOptions): Promise<string | undefined> =>
      errorsOf(await events(fixtureSession({ permissions: [], ...options }), 'SELECT 1 FROM sys.states'))[0]?.message;
    const denied = (name: string): string => `${name} permission was denied on object 'server', database 'master'.`;
    assert.equal(await message({}), denied('VIEW SERVER PERFORMANCE STATE'));
    assert.equal(await message({ properties: managedInstance }), denied('VIEW SERVER PERFORMANCE STATE'));
    assert.equal(await message({ properties: olderServer }), denied('VIEW SERVER STATE'));
  });

  it('lets the rest of the batch run', async () => {
    const batch = await events(fixtureSession({ permissions: [] }), 'SELECT 1 FROM sys.states SELECT 2');
    assert.deepEqual(
      batch.map(({ kind }) => kind),
      ['error', 'error', 'done', 'rows', 'done'],
    );
  });
});

describe('a catalog view', () => {
  it('hides its rows without VIEW ANY DEFINITION', async () => {
    const count = 'SELECT COUNT(*) FROM sys.groups';
    assert.deepEqual(await rowsOf(count, { permissions: [] }), [[0]]);
    assert.deepEqual(await rowsOf(count, { permissions: ['VIEW ANY DEFINITION'] }), [[2]]);
    assert.deepEqual(await rowsOf(count, { permissions: ['CONTROL SERVER'] }), [[2]]);
  });

  it('shows what is public to everybody', async () => {
    assert.deepEqual(await rowsOf('SELECT COUNT(*) FROM sys.databases', { permissions: [] }), [[3]]);
  });
});

describe('a denied object', () => {
  it('gives the error of the instance, at the line of the statement', async () => {
    const error = { number: 229, class: 14, state: 5, line: 1, message: 'denied' };
    const denied: FixtureOptions['denied'] = (name) => (name === 'groups' ? error : null);
    assert.deepEqual(await failures('\n\nSELECT name FROM sys.groups', { denied }), ['229:14:5:3']);
    assert.deepEqual(await rowsOf("SELECT HAS_PERMS_BY_NAME('sys.groups', 'OBJECT', 'SELECT')", { denied }), [[0]]);
  });
});
