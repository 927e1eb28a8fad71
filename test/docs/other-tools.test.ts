import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runTool, type ToolRun } from '../deploy/render.ts';
import { blockLines, inlineCode, marksOf, pages, root, textOf } from './calls.ts';

/** What the pages have their reader type besides this program. */
const tools =
  /^(?:sudo )?(docker|docker-compose|helm|kubectl|systemctl|journalctl|sqlcmd|promtool|amtool|jb|jsonnet|az|cosign|openssl|curl)(?: |$)/;
/** Blocks in these languages are calls of the tool of that name, whole. */
const shells: readonly string[] = ['powershell'];

interface Call {
  readonly tool: string;
  /** What comes after the tool's name, without a comment. */
  readonly call: string;
}

function callOf(part: string): readonly Call[] {
  const text = part.replace(/(?:^|\s)#.*$/, '').trim();
  const [name, tool] = tools.exec(text) ?? [];
  return name === undefined || tool === undefined ? [] : [{ tool, call: text.slice(name.length).trim() }];
}

/** In a sentence only what has a flag is typed: the rest are names. */
function callsOf(page: string): readonly Call[] {
  const text = textOf(page);
  const blocks = blockLines(text).flatMap(({ language, line }) =>
    shells.includes(language)
      ? [{ tool: language, call: '' }]
      : line.split(/&&|\$\(|\|/).flatMap((part) => callOf(part.trim())),
  );
  const inline = inlineCode(text).filter((code) => / --?\w/.test(code) && !/<|\.\.\./.test(code));
  return [...blocks, ...inline.flatMap(callOf)];
}

const folder = mkdtempSync(join(tmpdir(), 'milink-pages-'));
after(() => rmSync(folder, { recursive: true }));
for (const name of ['deploy', 'grafana']) symlinkSync(join(root, name), join(folder, name));
for (const name of ['sql-prod', 'mi-prod']) writeFileSync(join(folder, name), 'secret');

const inFolder = (word: string): string =>
  word.replace(/^(--from-file=)?(?=grafana|sql-prod$|mi-prod$)/, `$1${folder}/`);

/** What runs here, without a cluster: as it is typed, but that nothing is sent to one. */
const runs: readonly {
  readonly tool: string;
  readonly call: RegExp;
  readonly run: (words: readonly string[]) => ToolRun;
}[] = [
  {
    tool: 'kubectl',
    call: /^(?:--namespace \S+ )?create /,
    run: (words) => runTool('kubectl', ...words.map(inFolder), '--dry-run=client', '--output=name'),
  },
  {
    tool: 'helm',
    call: /^install \S+ deploy\//,
    run: (words) => {
      const [, values] = /<<'YAML'\n(.*?)^YAML$/ms.exec(textOf('docs/install/helm.md')) ?? [];
      assert.ok(values !== undefined);
      writeFileSync(join(folder, 'values.yaml'), values);
      const place = (word: string): string => (/^(?:deploy\/|values\.yaml$)/.test(word) ? join(folder, word) : word);
      return runTool('helm4', 'template', ...words.slice(1).map(place));
    },
  },
];

const ofPages = pages.map((page) => ({
  page,
  calls: callsOf(page),
  marks: marksOf(textOf(page)).filter(({ tool }) => tool !== 'milink-exporter'),
}));

test('what the pages have their reader type of other tools runs, or the page marks it', (context) => {
  const unmarked: string[] = [];
  let count = 0;
  for (const { page, calls, marks } of ofPages) {
    for (const { tool, call } of calls) {
      const here = runs.find((each) => each.tool === tool && each.call.test(call));
      if (here !== undefined) {
        const { code, error } = here.run(call.split(' '));
        assert.equal(code, 0, `${page}: ${tool} ${call}: ${error}`);
        count += 1;
      } else if (!marks.some((mark) => mark.tool === tool && call.startsWith(mark.call))) {
        unmarked.push(`${page}: ${tool} ${call}`);
      }
    }
    for (const { tool, call, why } of marks) context.diagnostic(`${page}: ${tool} ${call}: ${why}`);
  }
  assert.deepEqual(unmarked, []);
  assert.ok(count >= 4, `only ${count} calls were run`);
});

test('no page marks a call of another tool that it has not', () => {
  const stale = ofPages.flatMap(({ page, calls, marks }) =>
    marks
      .filter((mark) => !calls.some(({ tool, call }) => tool === mark.tool && call.startsWith(mark.call)))
      .map(({ tool, call }) => `${page}: ${tool} ${call}`),
  );
  assert.deepEqual(stale, []);
});
