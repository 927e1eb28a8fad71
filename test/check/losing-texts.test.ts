import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { changesServer, isLosing, losingStatements } from '../../src/check/advice/earned/losing.ts';

const root = join(import.meta.dirname, '../..');
const normal = (text: string): string => text.replace(/\s+/g, ' ');
const templates = Object.values(losingStatements).map(({ statement }) => statement);

/** Every string of the sources that could be shown, and every statement of the shipped documents. */
function textsOf(pattern: string): readonly (readonly [file: string, text: string])[] {
  return globSync(pattern, { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .map((text) => [file, text] as const),
  );
}

test('a statement that can lose data stands in one file of the program only', () => {
  // The simulator plays a server, and says so in its stages. Neither of the others is about a link: what the test of the
  // network made, it or a person takes away again.
  const ofTheTest = ['src/network/job.ts', 'src/preflight/conditions/remains.ts'];
  const outside = textsOf('src/**/*.ts')
    .filter(
      ([file]) =>
        !file.startsWith('src/simulator/') && file !== 'src/check/advice/earned/losing.ts' && !ofTheTest.includes(file),
    )
    .filter(([, text]) => isLosing(text) || /FORCE_FAILOVER/.test(text));
  assert.deepEqual(outside, []);
});

test('what is generated and shipped has no such statement of its own', () => {
  const shipped = [
    'docs/errors.md',
    'docs/alerts.md',
    'docs/metrics.md',
    'docs/check.md',
    'deploy/**/*.{yaml,json,sql}',
  ];
  assert.deepEqual(
    shipped.flatMap(textsOf).filter(([, text]) => isLosing(text)),
    [],
  );
});

test('a runbook has the same statements as templates, each after the query that proves it', () => {
  const found: string[] = [];
  for (const file of globSync('docs/runbooks/*.md', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8');
    const blocks = [...text.matchAll(/^ *```t?sql\n([\s\S]*?)^ *```/gm)].map((match) => ({
      sql: normal((match[1] ?? '').replace(/^ *--.*$/gm, '')).trim(),
      at: match.index,
    }));
    for (const { sql, at } of blocks.filter((block) => isLosing(block.sql))) {
      // Where it is said says no more than which database: `check` puts it there too (src/check/report/fill-step.ts).
      const template = sql.replace(/^USE master; /, '').replace(/\[<[^\]]*>[^\]]*\]/g, '[certificate]');
      assert.ok(
        templates.some((statement) => statement === template),
        `${file}: ${sql} is not one of the templates, alone`,
      );
      const before = blocks.filter((block) => block.at < at && !changesServer(block.sql));
      assert.ok(before.length > 0, `${file}: nothing is looked at before ${sql}`);
      found.push(template);
    }
  }
  assert.deepEqual([...new Set(found)].sort(), [...templates].sort());
});

test('statements that lose data and statements that only look are told apart', () => {
  for (const { statement, proof } of Object.values(losingStatements)) {
    assert.deepEqual([isLosing(statement), changesServer(statement)], [true, true], statement);
    assert.deepEqual([isLosing(proof), changesServer(proof)], [false, false], proof);
  }
  const losing = ['DROP DATABASE [x];', 'ALTER AVAILABILITY GROUP [g] REMOVE DATABASE [d];', 'RESTORE DATABASE [x];'];
  for (const sql of [...losing, 'ALTER DATABASE [x] SET PARTNER OFF;', 'ALTER DATABASE [x] SET HADR OFF;'])
    assert.ok(isLosing(sql), sql);
  assert.equal(isLosing("RESTORE VERIFYONLY FROM DISK = N'x';"), false);
});
