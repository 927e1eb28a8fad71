import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { failureReasons } from '../../src/model/failure-reason.ts';
import { runHere } from '../cli/fake-terminal.ts';

const root = resolve(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Everything that a page shows as code, line by line, lines that go on joined. */
function codeLines(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code = '']) => code);
  const indented = [...text.matchAll(/^ {4}(.*)$/gm)].map(([, code = '']) => code);
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...fenced, ...indented, ...inline].flatMap((code) => code.replaceAll(/\\\n\s*/g, ' ').split('\n'));
}

/** The arguments of each call of the program on a line, up to what is the shell's; after `docker run` its image is the program. */
function callsIn(line: string): readonly (readonly string[])[] {
  return line.split('&&').flatMap((part) => {
    const [, text] =
      /^\s*(?:\$ )?(?:sudo )?(?:milink-exporter|npm start (?:--silent )?--) ([^|;&#>)]*)/.exec(part) ??
      /^\s*docker run .*(?<!--name) milink-exporter ([^|;&#>)]*)/.exec(part) ??
      [];
    const words = [...(text ?? '').matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) =>
      word.replaceAll(/^["']|["']$/g, ''),
    );
    return words.length === 0 ? [] : [words];
  });
}

const commands = /^(?:serve|check|explain|healthcheck|grants|demo|simulate|init|preflight|test-network|record|help)$/;
/** A word of prose after the program's name, an image of that name, and a placeholder. */
const isCall = ([first = '', ...rest]: readonly string[]): boolean =>
  (first.startsWith('--') || commands.test(first)) && ![first, ...rest].some((word) => /[<>[\]…]|^\.\.\.$/.test(word));

/** With --help every flag and value is checked, and nothing is run. */
const seen = new Map<string, string>();
for (const page of pages) {
  for (const line of codeLines(textOf(page))) {
    for (const args of callsIn(line).filter(isCall)) seen.set(args.join(' '), page);
  }
}

test('the pages show calls of the program', () => assert.ok(seen.size > 20, `${seen.size} calls`));

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
