import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSqlSession } from '../../../src/simulator/sql/session.ts';
import { errorsOf, events, fixtureInstance, resultSets } from './fixture.ts';

test('a text that was planned before is planned anew when its names or types mean something else', async () => {
  const instance = fixtureInstance();
  const groups = instance.tables.get('groups');
  assert.ok(groups);
  const all = new Map([...instance.tables, ['groups', { ...groups, isPerDatabase: true as const }]]);
  let tables: typeof instance.tables = all;
  const asked: (string | undefined)[] = [];
  const session = createSqlSession({
    instance: {
      ...instance,
      get tables() {
        return tables;
      },
      rows: (name, reader) => {
        if (name === 'groups') asked.push(reader?.database);
        return instance.rows(name, reader);
      },
      permissions: () => new Set(['CONTROL SERVER']),
    },
    login: 'milink',
    database: 'master',
  });
  const run = async (text: string, value?: number | string) => {
    const type = typeof value === 'number' ? ({ name: 'int' } as const) : ({ name: 'varchar', length: 9 } as const);
    const batch = await events(session, text, value === undefined ? {} : { parameters: [{ name: '@a', type, value }] });
    return resultSets(batch).at(-1) ?? errorsOf(batch).map(({ number }) => number);
  };
  const count = 'SELECT COUNT(*) AS n FROM sys.states';
  const three = { columns: ['n int'], rows: [[3]] };
  assert.deepEqual(await run(count), three);
  assert.deepEqual(await run(count), three);
  tables = new Map([...all].filter(([name]) => name !== 'states'));
  assert.deepEqual(await run(count), [208]);
  tables = all;
  assert.deepEqual(await run(count), three);

  assert.deepEqual(await run('SELECT @a AS a', 1), { columns: ['a int?'], rows: [[1]] });
  assert.deepEqual(await run('SELECT @a AS a', 2), { columns: ['a int?'], rows: [[2]] });
  assert.deepEqual(await run('SELECT @a AS a', 'b'), { columns: ['a varchar(9)?'], rows: [['b']] });

  for (const database of ['master', 'Sales', 'Sales', 'master']) {
    await run(`USE ${database}`);
    await run('SELECT name FROM sys.groups');
  }
  assert.deepEqual(asked, ['master', 'Sales', 'Sales', 'master']);
  session.close();
});
