import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targets } from '../../src/grants/need.ts';
import { grantScript, scriptFiles } from '../../src/grants/script.ts';
import type { Statement } from '../../src/simulator/sql/ast.ts';
import { parseText } from '../../src/simulator/sql/parse/text.ts';

/** The statements that a script consists of, as a T-SQL parser reads them. */
function statementsOf(script: string): readonly Statement[] {
  return parseText(script, true).flat();
}

/** What a statement does to what, as `CREATE LOGIN milink`; of a condition its consequence. */
function actionOf(statement: Statement): string {
  if (statement.kind === 'if') return actionOf(statement.then);
  if (statement.kind === 'refused')
    return [statement.action, statement.target, statement.object.join('.')].filter(Boolean).join(' ');
  return statement.kind;
}

for (const { path, content } of scriptFiles()) {
  test(`${path}: T-SQL that creates one login, grants, and looks`, () => {
    const actions = statementsOf(content).map(actionOf);
    const grants = actions.filter((action) => action.startsWith('GRANT'));
    assert.match(actions[1] ?? '', /^CREATE LOGIN (milink|milink-exporter|CORP\\svc-milink)$/);
    assert.ok(grants.length >= 2);
    assert.deepEqual(actions, ['use', actions[1], ...grants, 'query']);
    const granted = content.split('\n').filter((line) => line.startsWith('GRANT'));
    assert.equal(granted.length, grants.length);
    for (const line of granted) assert.match(line, /^GRANT VIEW [A-Z ]+ TO \[[\w\\-]+\];$/);
    for (const line of content.split('\n')) assert.ok(line.length <= 120, line);
  });
}

test('the grant for the error log is a comment until the configuration reads it', () => {
  const [off = '', on = ''] = [false, true].map((isErrorLogRead) =>
    grantScript({ target: 'sql-server-2022', login: { kind: 'sql', name: 'milink' }, isErrorLogRead }),
  );
  assert.equal(on, off.replace('-- GRANT VIEW ANY ERROR LOG', 'GRANT VIEW ANY ERROR LOG'));
  assert.notEqual(on, off);
});

for (const name of ["it's", 'a]b', '[x]; DROP LOGIN [sa] --', "'; SHUTDOWN; --", 'CORP\\svc-milink', '名前']) {
  test(`a login of whatever name is one name in every statement: ${name}`, () => {
    for (const target of targets) {
      const script = grantScript({ target, login: { kind: 'entra', name }, isErrorLogRead: true });
      const actions = statementsOf(script).map(actionOf);
      assert.ok(actions.includes(`CREATE LOGIN ${name}`), actions.join('\n'));
      assert.ok(
        actions.every((action) => /^(use|query|CREATE LOGIN|GRANT)/.test(action)),
        actions.join('\n'),
      );
    }
  });
}
