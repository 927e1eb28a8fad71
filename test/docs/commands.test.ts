import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { failureReasons } from '../../src/model/failure-reason.ts';
import { runHere } from '../cli/fake-terminal.ts';
import { codeLines, pages, root, seen, textOf } from './calls.ts';

test('the pages show calls of the program', () => assert.ok(seen.size > 20, `${seen.size} calls`));

// With --help every flag and value is checked, and nothing is run: run-calls.test.ts runs what can be run.
for (const [call, page] of seen) {
  test(`${page}: milink-exporter ${call}`, async () => {
    const { code, error } = await runHere([...call.split(' ').filter((word) => word !== '--help'), '--help']);
    assert.equal(code, 0, error);
  });
}

test('every script of npm and target of make that a page names is there', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const targets = new Set([...textOf('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, name]) => name));
  const missing = pages.flatMap((page) =>
    codeLines(textOf(page)).flatMap((line) =>
      [
        ...[...line.matchAll(/npm run (?:--silent |-s )?([\w:-]+)/g)].filter(
          ([, name = '']) => !Object.hasOwn(scripts, name),
        ),
        ...[...line.matchAll(/^(?:\$ )?make ([a-z-]+)/g)].filter(([, name]) => !targets.has(name)),
      ].map(([text]) => `${page}: ${text}`),
    ),
  );
  assert.deepEqual(missing, []);
});

test('every link of a page to a file leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, dirname(page), path)))
      .map((path) => `${page}: ${path}`),
  );
  assert.deepEqual(broken, []);
});

test('docs/troubleshooting.md has a line for every reason of a failure', () => {
  const text = textOf('docs/troubleshooting.md');
  assert.deepEqual(
    failureReasons.filter((reason) => !text.includes(`\`${reason}\``)),
    [],
  );
});
