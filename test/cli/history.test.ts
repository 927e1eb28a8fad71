import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { runHere } from './fake-terminal.ts';
import { type Running, start } from './process.ts';
import { simulatedLinks } from './simulated-links.ts';

/** Asks until the answer is as it should be; the runner's time limit ends it. */
async function until<Answer>(ask: () => Promise<Answer>, isGood: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isGood(answer)) return answer;
    await pause(50);
  }
}

async function serve(flags: readonly string[]): Promise<{ readonly program: Running; readonly url: string }> {
  const program = start(['serve', ...flags, '--web.listen-address=127.0.0.1:0']);
  const [, port] = await program.seen(/address="?127\.0\.0\.1:(\d+)/);
  return { program, url: `http://127.0.0.1:${port}` };
}

const check = async (url: string): Promise<string> =>
  // A line is broken anywhere: words count.
  (await runHere(['check', `--url=${url}`])).out.replaceAll(/\s+/g, ' ');

/** Who was primary before, and between which two polls the other became it. */
const told =
  /sql-prod-01 was the only PRIMARY before: mi-prod was SECONDARY and became PRIMARY between ([\d: -]+) and ([\d: -]+) UTC/;

test('a daemon that is killed in a split brain, and one that is started after it, name the old primary and the time', async (context) => {
  const { pair, folder, configFlag } = await simulatedLinks(context);
  const history = join(folder, 'history');
  await appendFile(join(folder, 'links.yaml'), `\nhistory: { path: ${JSON.stringify(history)} }\n`);
  const first = await serve([configFlag]);
  await until(
    () => check(first.url),
    // What one end alone says is not enough: an end that was never seen SECONDARY has not become PRIMARY.
    (text) => text.includes('HEALTHY') && text.includes('2 of 2 servers'),
  );
  pair.setScenario('split-brain');
  const before = await until(
    () => check(first.url),
    (text) => told.test(text),
  );
  // What a poll showed is written a quarter of a second after it at the latest, unless there is much of it.
  await until(
    async () =>
      (await Promise.all((await readdir(history)).map((file) => readFile(join(history, file), 'utf8')))).join(''),
    (text) => /SECONDARY"[^}]*PRIMARY/.test(text),
  );
  first.program.process.kill('SIGKILL');
  await first.program.finished;

  const second = await serve([configFlag]);
  const after = await until(
    () => check(second.url),
    (text) => text.includes('split brain') && text.includes('2 of 2 servers'),
  );
  assert.deepEqual(told.exec(after)?.slice(1), told.exec(before)?.slice(1), after);
  assert.match(after, /read back from history\.path/);

  // A directory that is a file now can't be written: told on /metrics, and nothing else changes.
  const written = async (): Promise<string | undefined> =>
    /^milink_exporter_history_written (\d)$/m.exec(await (await fetch(`${second.url}/metrics`)).text())?.[1];
  assert.equal(await written(), '1');
  second.program.process.kill('SIGKILL');
  await second.program.finished;
  await rm(history, { recursive: true });
  await writeFile(history, '');
  const third = await serve([configFlag]);
  const page = await fetch(`${third.url}/metrics`);
  assert.match(await page.text(), /^milink_exporter_history_written 0$/m);
  await third.program.seen(/history can not be written/);
  assert.match(
    await until(
      () => check(third.url),
      (text) => text.includes('CRITICAL'),
    ),
    /split brain/,
  );
  third.program.process.kill('SIGKILL');
  await third.program.finished;
});
