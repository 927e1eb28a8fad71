import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogins } from '../../src/check/report/build.ts';
import { inMaster, nextStep } from '../../src/check/report/fill-step.ts';
import { sqlServer } from '../link/server-state.ts';

const grant = 'GRANT VIEW ANY DEFINITION TO [<login>];';
const step = (server: string) =>
  nextStep({ text: 'Let it see.', servers: [server], statements: [{ text: grant, template: grant }] });

test('a grant names the login of the configuration, quoted, and the command that prints the whole script', () => {
  const withLogins = createLogins([{ state: sqlServer(), port: 1433, login: 'CORP\\svc]milink' }]);
  const [told] = withLogins([step('sql-prod-01')]);
  assert.equal(told?.statements[0]?.text, 'USE master; GRANT VIEW ANY DEFINITION TO [CORP\\svc]]milink];');
  assert.match(told?.text ?? '', /`milink-exporter grants --for=sql-prod-01`/);
});

test('a login that only Entra ID knows the name of stays for a person to fill in, and so does a login of a partner', () => {
  const withLogins = createLogins([{ state: sqlServer(), port: 1433, login: null }]);
  assert.equal(withLogins([step('sql-prod-01')])[0]?.statements[0]?.text, `USE master; ${grant}`);
  const partner = 'GRANT CONNECT ON ENDPOINT::[endpoint] TO [<login>];';
  const other = nextStep({ text: '', servers: ['sql-prod-01'], statements: [{ text: partner, template: partner }] });
  const named = createLogins([{ state: sqlServer(), port: 1433, login: 'milink' }]);
  assert.equal(named([other])[0]?.statements[0]?.text, `USE master; ${partner}`);
});

for (const [text, needs] of [
  ['DROP CERTIFICATE [certificate];', true],
  ["SELECT CERTENCODED(CERT_ID(N'x'));", true],
  ['SELECT name FROM sys.certificates;', true],
  ['SELECT name FROM master.sys.certificates;', false],
  ['ALTER AVAILABILITY GROUP [group] GRANT CREATE ANY DATABASE;', false],
  ['ALTER DATABASE [Sales] SET HADR RESUME;', false],
  ['USE master; GRANT VIEW SERVER STATE TO [x];', false],
] as const) {
  test(`${text} ${needs ? 'is told with' : 'stands without'} USE master`, () => {
    assert.equal(inMaster({ text, template: text }).text, needs ? `USE master; ${text}` : text);
  });
}

test('a statement that only looks still only looks', () => {
  const text = 'SELECT name FROM sys.certificates;';
  assert.equal(nextStep({ text: '', statements: [{ text, template: text }] }).changes, false);
});
