import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { runHere } from './fake-terminal.ts';
import { start } from './process.ts';
import { simulatedLinks } from './simulated-links.ts';

// Each waits for seconds to pass: they do so together.
describe('check', { concurrency: true }, () => {
  test('--watch goes on, screen below screen, and ends with the code of the last one', async (context) => {
    const { pair, configFlag } = await simulatedLinks(context);
    const watching = start(['check', configFlag, '--watch=1s']);
    await watching.seen(/^HEALTHY +healthy /);
    pair.setScenario('split-brain');
    await watching.seen(/\n-{80}\nCRITICAL +split brain /);
    watching.process.kill('SIGINT');
    const { code, error } = await watching.finished;
    assert.deepEqual([code, error], [2, '']);
  });

  test('--watch keeps one connection to each server', async (context) => {
    const { pair, configFlag } = await simulatedLinks(context);
    const watching = start(['check', configFlag, '--watch=1s', '--json']);
    await watching.seen(/^\{.*\n\{.*\n\{.*\n/);
    watching.process.kill('SIGTERM');
    const { code, out } = await watching.finished;
    assert.equal(code, 0);
    for (const line of out.trim().split('\n')) assert.equal(JSON.parse(line).version, 2);
    assert.deepEqual([pair.sqlServer.counts().logins, pair.managedInstance.counts().logins], [1, 1]);
  });

  test('--watch shows when a server stops answering, and that it did before', async (context) => {
    const { pair, configFlag } = await simulatedLinks(context);
    const watching = start(['check', configFlag, '--watch=1s']);
    await watching.seen(/^HEALTHY/);
    await pair.managedInstance.stop();
    await watching.seen(
      /\nDEGRADED +partially healthy: the other end is not seen [\s\S]*mi-prod last answered \d+ s ago/,
    );
    watching.process.kill();
    assert.equal((await watching.finished).code, 1);
  });

  test('--watch with the name of no link ends at once', async (context) => {
    const { configFlag } = await simulatedLinks(context);
    const { code, error } = await runHere(['check', configFlag, '--watch', '--link=DAG_Salse']);
    assert.equal(code, 3);
    assert.match(error, /did you mean "DAG_Sales"\?/);
  });
});

const screen = { columns: 100, rows: 60 };

test('on a terminal of few rows the screen is refreshed in place and never scrolls', async (context) => {
  const { configFlag } = await simulatedLinks(context, { scenario: 'split-brain' });
  const stop = new AbortController();
  const written: string[] = [];
  const { code, out } = await runHere(['check', configFlag, '--watch=1s'], {
    screen: { columns: 80, rows: 24 },
    environment: { NO_COLOR: '1' },
    stop: stop.signal,
    onOut: (text) => {
      written.push(text);
      if (written.length === 2) stop.abort();
    },
  });
  assert.equal(code, 2);
  for (const text of written) {
    assert.ok(text.startsWith('\u001b[H'), 'starts at the top');
    assert.ok(text.split('\n').length <= 24, 'leaves the cursor on the screen');
    assert.match(text, /\.\.\. \d+ more lines: enlarge the terminal, or choose with --link/);
    assert.match(text, /every 1 s, Ctrl-C ends/);
  }
  assert.ok(!out.includes('-'.repeat(80)));
});

test('where the screen is longer than the terminal its end says the first line and the first step once more', async (context) => {
  const { configFlag } = await simulatedLinks(context, { scenario: 'split-brain' });
  const on = async (rows: number): Promise<readonly string[]> =>
    (await runHere(['check', configFlag], { screen: { columns: 80, rows }, environment: { NO_COLOR: '1' } })).out
      .trimEnd()
      .split('\n');
  const long = await on(24);
  const ending = long.slice(long.lastIndexOf('') + 1);
  assert.match(ending[0] ?? '', /^CRITICAL +split brain {2}DAG_Sales on mi-prod$/);
  assert.equal(ending[1], '  first');
  assert.match(ending[2] ?? '', /^ {2}1\. /);
  const begins = long.indexOf('  first');
  assert.deepEqual(ending.slice(1), long.slice(begins, begins + ending.length - 1));
  assert.equal(long[begins + ending.length - 1], '', 'the whole step');
  assert.ok(ending.length < 23);
  assert.equal((await on(200)).filter((line) => line === '  first').length, 1);
});

test('colours come on a terminal only, not with NO_COLOR and not on a dumb one', async (context) => {
  const { configFlag } = await simulatedLinks(context, { scenario: 'split-brain' });
  const on = async (environment: Readonly<Record<string, string>>): Promise<string> =>
    (await runHere(['check', configFlag], { screen, environment })).out;
  const coloured = await on({ TERM: 'xterm' });
  assert.ok(coloured.startsWith('polling 2 servers'), coloured);
  assert.ok(coloured.includes('\u001b[1;31mCRITICAL'), coloured);
  assert.ok(!(await on({ NO_COLOR: '1' })).includes('\u001b[1'));
  assert.ok((await on({ NO_COLOR: '' })).includes('\u001b[1'), 'an empty NO_COLOR is none');
  assert.ok(!(await on({ TERM: 'dumb' })).includes('\u001b'));
});

test('the process knows a terminal when it has one', async (context) => {
  const { configFlag } = await simulatedLinks(context);
  const main = resolve(import.meta.dirname, '../../src/main.ts');
  const script = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
  const child = spawn('python3', ['-c', script, process.execPath, main, 'check', configFlag], {
    env: { PATH: process.env.PATH, TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  assert.ok(text.includes('\u001b[32mHEALTHY'), text);
});
