import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';

// What `npm run check:linear` asks of each file in src. These are the kinds that took seconds on a name of a server.
const refused: readonly (readonly [string, string])[] = [
  ['a search that walks the same text from each start', String.raw`/;\s*server\s*=\s*\[([^\]]*)\]/i`],
  ['blanks before what may not come', String.raw`/\s*[\r\n\t]+\s*/g`],
  ['blanks at the end', '/ +$/'],
  ['a quoted name that is not closed, or else any character', String.raw`/(?:\[(?:[^\]]|\]\])*\])+|./gsu`],
  ['digits that two parts may take', String.raw`/^(?:\d+\.?\d*)$/`],
  ['exponential backtracking', '/^(?:a+)+$/'],
];

const linear = [String.raw`/^\s*server\s*=\s*\[([^\]]*)\]/i`, String.raw`/[\p{C}\s]+/gu`, '/^(?:[a-z]+ )*$/'];

const eslint = new ESLint({ cwd: process.cwd() });

async function complaints(pattern: string): Promise<readonly string[]> {
  // As TypeScript, with a comment that must not switch the rules off.
  const text = `/* eslint-disable */\nexport const found = (text: string): unknown => text.match(${pattern});\n`;
  const results = await eslint.lintText(text, { filePath: 'src/link/pattern.ts' });
  return results.flatMap(({ messages }) =>
    messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId ?? 'not read'),
  );
}

for (const [what, pattern] of refused) {
  test(`${what} is refused: ${pattern}`, async () => assert.notDeepEqual(await complaints(pattern), []));
}

for (const pattern of linear) {
  test(`${pattern} is taken`, async () => assert.deepEqual(await complaints(pattern), []));
}
