import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sightingsText } from '../../src/cli/explain.ts';
import { errorCatalogue, searchErrors, similarNumbers } from '../../src/model/errors/catalogue.ts';
import { messageFragments } from '../../src/model/errors/messages.ts';
import { reportOf } from '../check/scenarios.ts';
import { failedServer, polledServer } from '../link/server-state.ts';
import { runHere } from './fake-terminal.ts';
import { simulatedLinks } from './simulated-links.ts';

describe('explain', () => {
  test('prints what a number means, where it is met and what to do, in 80 columns', async () => {
    const { code, out, error } = await runHere(['explain', '41976']);
    assert.equal(code, 0);
    assert.equal(error, '');
    assert.match(out, /^41976 \(availability_group_not_responding\)\n/);
    assert.match(out, /likely causes\n {2}- [\s\S]*what to do\n {2}1\. /);
    assert.ok(out.split('\n').every((line) => line.length <= 80));
    assert.match((await runHere(['explain', '5133'])).out, /met at SQL Server/);
  });

  test('takes several numbers, and says which of them it does not have', async () => {
    const { code, out, error } = await runHere(['explain', '1412,', '41302', '1478']);
    assert.equal(code, 1);
    assert.deepEqual(out.match(/^\d+ \(/gm), ['1412 (', '1478 (']);
    assert.match(error, /41302 is left out: it is about memory-optimized tables/);
  });

  const texts: readonly (readonly [string, readonly string[]])[] = [
    ['invalid_public_blob', ["Invalid public blob specified, reason: 'Cannot find the requested object.'"]],
    ['1478 (', ['has insufficient transaction log data']],
    ['1478 (', ['insufficient', 'LOG', 'data']],
    ['35206 (', ['Error: 35206, Severity: 16, State: 1.']],
    ['41976 (', ['Msg', '41976,', 'Level', '16,', 'State', '1']],
  ];
  for (const [title, words] of texts) {
    test(`finds ${title} by ${JSON.stringify(words)}`, async () => {
      const { code, out } = await runHere(['explain', ...words]);
      assert.equal(code, 0);
      assert.ok(out.startsWith(title), out);
    });
  }

  test('guesses which number was meant, and says what is known of a number of the link without a text', async () => {
    const { code, error } = await runHere(['explain', '41967', '14976', '41971']);
    assert.equal(code, 1);
    assert.match(error, /41967 is left out: it is about server configuration options/);
    assert.match(error, /14976 is not in the catalogue\. Did you mean 41976\?/);
    assert.match(error, /41971 is not in the catalogue\. It is in the range of the link, .* FROM sys\.messages/);
  });

  test('says what to do where nothing, or too much, was found', async () => {
    assert.match((await runHere(['explain', 'zebra'])).error, /no entry has these words: try fewer/);
    assert.match((await runHere(['explain', 'the'])).error, /\d+ entries have these words: give more/);
    const { code, error } = await runHere(['explain']);
    assert.equal(code, 2);
    assert.match(error, /what is to be explained\? Give a number, or a piece of the text, try --help/);
  });

  test('--json has the entries with their steps, and what was not found', async () => {
    const { code, out } = await runHere(['explain', '--json', '41976', '99']);
    assert.equal(code, 1);
    const answer: unknown = JSON.parse(out);
    assert.partialDeepStrictEqual(answer, { entries: [{ number: 41976, severity: 'critical', seenNow: null }] });
    assert.match(out, /99 is not in the catalogue/);
  });

  test('--help shows its words', async () => {
    const { code, out } = await runHere(['explain', '--help']);
    assert.equal(code, 0);
    assert.match(out, /^usage: milink-exporter explain <number or text> \.\.\. \[<flags>\]\n/);
  });

  test('with a configuration it says which link shows the number now, and which number none does', async (context) => {
    const { configFlag } = await simulatedLinks(context, { scenario: 'disconnected' });
    const { code, out, error } = await runHere(['explain', '35206', '35201', '1412', configFlag]);
    assert.equal(code, 0, error);
    assert.match(out, /^ {2}now: DAG_Sales on mi-prod on sql-prod-01: the last connection error/m);
    assert.match(out, /^ {2}now: no link shows 1412$/m);
  });

  test('servers that can not be polled say nothing: not that no link shows it', () => {
    const said = (...states: ('polled' | 'failed')[]): string =>
      sightingsText(
        1412,
        [],
        reportOf({
          servers: states.map((state, index) =>
            state === 'polled' ? polledServer(`s${index}`, 'sql_server') : failedServer(`s${index}`),
          ),
        }),
      ).replace(/\s+/g, ' ');
    assert.equal(said('polled', 'polled'), ' now: no link shows 1412 ');
    assert.equal(said('failed', 'failed'), ' now: not known whether a link shows 1412: no server could be polled ');
    assert.equal(said('polled', 'failed'), ' now: not known whether a link shows 1412: s1 could not be polled ');
  });

  test('a configuration that is not there costs the state, not the explanation', async () => {
    const { code, out, error } = await runHere(['explain', '1412', '--config.file=/nowhere/milink.yaml']);
    assert.equal(code, 1);
    assert.match(out, /^1412 \(/);
    assert.match(error, /does not exist/);
  });
});

test('each entry is found by the words of the server that stand at it', () => {
  for (const { number } of errorCatalogue) {
    const found = searchErrors(`... ${messageFragments.get(number)} ...`);
    assert.ok(
      found.some((entry) => 'number' in entry && entry.number === number),
      `${number}`,
    );
  }
});

test('numbers are alike by one digit, or by two in the wrong order', () => {
  assert.deepEqual(similarNumbers(14976), [41976]);
  assert.deepEqual(similarNumbers(99), []);
  assert.ok(similarNumbers(35260).includes(35206));
  assert.ok(similarNumbers(41979).includes(41976));
});
