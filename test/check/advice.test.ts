import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceOfFinding, damageOrder } from '../../src/check/advice/catalogue.ts';
import {
  certificateNotValidYet,
  renewAuthority,
  renewCopy,
  rotateEndpointCertificate,
} from '../../src/check/advice/certificate.ts';
import { changesServer, losingStatements } from '../../src/check/advice/earned/losing.ts';
import { serverAdvice } from '../../src/check/advice/server.ts';
import { stepOfText, stepsOfTexts } from '../../src/check/advice/step.ts';
import { demoteOldPrimary } from '../../src/check/report/split-brain-steps.ts';
import { findingCodes, findingKinds } from '../../src/link/findings/kinds.ts';
import { errorCatalogue } from '../../src/model/errors/catalogue.ts';
import { runCheck, showReplicaStates } from '../../src/model/errors/step.ts';
import { suspendReasons } from '../../src/model/suspend-reason.ts';
import { placeholders } from '../../src/text/tsql.ts';

const steps = [
  ...Object.values(adviceOfFinding).flat(),
  ...rotateEndpointCertificate,
  ...renewAuthority,
  ...certificateNotValidYet,
  ...errorCatalogue.flatMap(({ whatToDo }) => stepsOfTexts(whatToDo, 'teller')),
  ...suspendReasons.flatMap(({ whatToDo }) => stepsOfTexts(whatToDo, 'teller')),
];

/** What has its steps from elsewhere, or what its own text says all about. */
const silent: readonly string[] = [
  'both_ends_primary',
  'primaries_without_link',
  'several_primaries_on_one_side',
  'view_not_read',
  'databases_left_out',
  'connection_not_recognised',
  'health_not_reported',
  'health_not_recognised',
  'database_suspended',
  'certificate_expired',
  'certificate_expires_now',
  'certificate_expiring',
  'certificate_not_valid_yet',
  'certificate_differs',
  'authority_expired',
];

test('every kind of finding but information, and those that have their steps elsewhere, says what to do', () => {
  const without = findingCodes.filter((code) => findingKinds[code].severity !== 'info' && !adviceOfFinding[code]);
  assert.deepEqual(without, silent);
});

test('the order of the damage has every kind once, and what drifts apart comes first', () => {
  assert.deepEqual(damageOrder.toSorted(), findingCodes.toSorted());
  assert.equal(damageOrder[0], 'both_ends_primary');
});

test('steps are sentences, statements end in a semicolon and name only what can be filled in', () => {
  for (const { text, sql = [] } of steps) {
    assert.match(text, /^[A-Z].*[.:)?]$/s, text);
    for (const statement of sql) {
      assert.match(statement, /;$/, statement);
      const names = [...statement.matchAll(/\[([^\]<]*)\]/g)].map((match) => match[1] ?? '');
      assert.deepEqual(
        names.filter((name) => !placeholders.some((known) => known === name)),
        [],
        statement,
      );
    }
  }
});

test('what loses data says so before it is run', () => {
  const losing = [...steps, ...Object.values(demoteOldPrimary).flat(), ...Object.values(renewCopy).flat()];
  const forced = losing.filter(({ loses }) => loses !== undefined);
  assert.deepEqual([...new Set(forced.map(({ loses }) => loses?.kind))].sort(), Object.keys(losingStatements).sort());
  for (const { text, loses } of forced.filter(({ loses: each }) => each?.kind !== 'drop_group'))
    assert.match(text, /lost/, loses?.kind);
});

test('a statement that changes a server stands alone in its step', () => {
  const all = [...steps, ...Object.values(demoteOldPrimary).flat(), ...Object.values(renewCopy).flat()];
  const own = all.filter(({ sql = [] }) => !sql.some((statement) => statement.startsWith('/*')));
  for (const { sql = [], text } of own) assert.ok(sql.length < 2 || !sql.some(changesServer), text);
});

test('a split brain is repaired in the order of the procedure: save, prove, demote', () => {
  for (const branch of Object.values(demoteOldPrimary)) {
    assert.deepEqual(
      branch.map(({ sql = [], loses }) => sql[0]?.split(' [')[0] ?? loses?.kind),
      [branch[0]?.sql?.[0]?.split(' [')[0], 'demote'],
    );
    assert.match(branch[0]?.sql?.[0] ?? '', /^BACKUP /);
    assert.match(branch[1]?.loses?.proofText ?? '', /^Prove that backup/);
  }
});

test('statements are taken out of the sentences of the catalogue', () => {
  assert.deepEqual(stepOfText('Do it: `SELECT 1;`', 'teller'), { text: 'Do it:', sql: ['SELECT 1;'], at: 'teller' });
  assert.deepEqual(stepOfText('See `endpoint_url`.', 'teller'), { text: 'See `endpoint_url`.' });
  assert.deepEqual(stepOfText('First `SELECT 1;` with `x`, then `SELECT 2;`', 'teller'), {
    text: 'First (a) with `x`, then (b)',
    sql: ['/* (a) */ SELECT 1;', '/* (b) */ SELECT 2;'],
    at: 'teller',
  });
});

test('what the screen shows anyway is no step, and endpoints are looked at on SQL Server', () => {
  const endpoint = 'Start it: `ALTER ENDPOINT [endpoint] STATE = STARTED;`';
  assert.deepEqual(
    stepsOfTexts([runCheck, showReplicaStates, endpoint], 'teller').map(({ at }) => at),
    ['sql_server'],
  );
});

test('every reason why a server can not be polled says what to look at', () => {
  for (const text of Object.values(serverAdvice)) assert.match(text, /^[A-Z].*[.?]$/);
});
