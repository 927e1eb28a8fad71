import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHere } from '../cli/fake-terminal.ts';
import { simulatedLinks } from '../cli/simulated-links.ts';
import { root, seen } from './calls.ts';

/** What of the pages can't be run to its end here, why, and what runs it instead. */
const notHere: readonly (readonly [RegExp, string])[] = [
  [/^(?:serve|--config\.file=\S+$)/, 'runs until it is ended: test/cli/serve.test.ts'],
  [/^(?:demo|simulate)\b/, 'runs until it is ended: test/cli/demo.test.ts'],
  [/--watch\b/, 'runs until it is ended: test/cli/check-watch.test.ts'],
  [/--url=/, 'asks a running exporter: test/cli/history.test.ts, test/http/api'],
  [/^healthcheck$/, 'asks a running exporter: test/cli/healthcheck.test.ts'],
  [/^check --history/, 'reads history.path: test/cli/history.test.ts'],
  [/^test-network\b/, 'makes jobs on both servers: test/cli/network'],
  [/^preflight$/, 'is the name of the command, which needs two servers: test/cli/preflight.test.ts'],
  [/^grants --azure/, 'asks Azure Resource Manager: no test runs the command'],
  [/--web\.config\.file=/, 'needs a web configuration: test/e2e/secured-scrape.test.ts'],
];

/** What a reader puts in the place of the names that a page makes up. */
const ownNames: Readonly<Record<string, string>> = {
  '--for=SERVER': '--for=sql-prod-01',
  '--for=sql-prod': '--for=sql-prod-01',
  '--link=LINK': '--link=DAG_Sales',
};

/** Without the flag they read milink.yaml of the folder, which a test can't change into. */
const readsConfiguration = /^(?:check|preflight|record|grants(?! --target)|--config\.check)/;

test('what the pages have their reader type runs on simulated servers, as far as it can', async (context) => {
  const { configFlag, folder } = await simulatedLinks(context);
  const run: string[] = [];
  for (const [call, page] of seen) {
    if (notHere.some(([pattern]) => pattern.test(call))) continue;
    const args = call
      .replace(/^explain (\D.*)$/, (_, text: string) => `explain ${text.replaceAll(' ', '\u0000')}`)
      .split(' ')
      .map((word) => word.replaceAll('\u0000', ' '))
      .map((word) => ownNames[word] ?? (word.startsWith('--config.file=') ? configFlag : word));
    if (call === 'init') args.push(`--config.file=${join(folder, 'new.yaml')}`);
    else if (readsConfiguration.test(call) && !args.includes(configFlag)) args.push(configFlag);
    if (call === 'grants') args.push('--for=sql-prod-01');
    const { code, out, error } = await runHere(args);
    // What a look finds is an answer, whatever it is: 3 is none, and a mistake is told as an error.
    assert.ok(
      code !== null && code < 3 && !error.includes('error: '),
      `${page}: milink-exporter ${args.join(' ')}: exit code ${code}: ${error}`,
    );
    assert.notEqual(out + error, '', `${page}: milink-exporter ${call} says nothing`);
    run.push(call);
  }
  assert.ok(run.length >= 20, `only ${run.length} calls of ${seen.size} were run`);
});

test('each reason for not running a call is of a call that a page shows', () => {
  const unused = notHere.filter(([pattern]) => ![...seen.keys()].some((call) => pattern.test(call)));
  assert.deepEqual(unused, []);
});

test('what runs them instead is there', () => {
  const named = notHere.flatMap(([, why]) => why.match(/test\/[\w./-]+/g) ?? []);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});
