import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import * as job from '../../src/network/job.ts';
import { reads } from '../../src/network/reading.ts';
import { conditions } from '../../src/preflight/conditions/all.ts';

const text = readFileSync(join(resolve(import.meta.dirname, '../..'), 'SECURITY.md'), 'utf8');

test('every question of preflight reads', () => {
  const questions = conditions.flatMap((condition) => condition.questions);
  assert.ok(questions.length > 20);
  for (const { id, sql } of questions) {
    const statement = sql('[Sales]');
    assert.match(statement, /^(?:SELECT [^;*]+|DBCC TRACESTATUS \(1800, 9567\) WITH NO_INFOMSGS)$/, id);
    assert.doesNotMatch(statement, /\b(?:INTO|EXEC|UPDATE|DELETE|INSERT|ALTER|CREATE|DROP)\b/i, id);
  }
});

test('what test-network reads is plain SELECTs', () => {
  for (const statement of Object.values(reads)) assert.match(statement, /^SELECT [^;*]+$/);
});

test('nothing but what SECURITY.md lists changes a server', () => {
  const target = { direction: 'to_managed_instance', place: 'gateway', host: 'h', port: 5022 } as const;
  const [step] = job.stepsFor([target]);
  assert.ok(step !== undefined);
  // Each function that gives a statement, so that a new one can't be forgotten here.
  const statements: Readonly<Record<string, string>> = {
    addJob: job.addJob('n'),
    addStep: job.addStep('n', step, true),
    addServer: job.addServer('n'),
    startJob: job.startJob('n'),
    stopJob: job.stopJob('n'),
    removeJob: job.removeJob('n'),
    createCertificate: job.createCertificate('n', '20300101'),
    createEndpoint: job.createEndpoint('n', 5022),
    dropEndpoint: job.dropEndpoint('n'),
    dropCertificate: job.dropCertificate('n'),
  };
  const functions = Object.entries(job).filter(([, value]) => typeof value === 'function');
  assert.deepEqual(
    functions.map(([name]) => name).toSorted(),
    [...Object.keys(statements), 'directionScript', 'stepsFor'].toSorted(),
  );
  const section = text.slice(text.indexOf('### What `test-network` changes'), text.indexOf('### Each claim'));
  for (const statement of Object.values(statements)) {
    const [head = ''] = /^(?:EXEC [\w.]+|[A-Z]+ [A-Z]+)/.exec(statement) ?? [];
    assert.ok(section.includes(`\`${head}\``), head);
  }
  const script = job.directionScript('n', [target], 10);
  const procedures = [...script.matchAll(/\bEXEC(?:UTE)? ([\w.]+)/g)].map(([, procedure]) => procedure);
  assert.ok(procedures.length > 3);
  for (const procedure of procedures) assert.ok(section.includes(`\`EXEC ${procedure}\``), procedure);
});
