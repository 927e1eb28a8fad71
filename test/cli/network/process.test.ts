import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Running, start } from '../process.ts';
import { password, type SimulatedLinks } from '../simulated-links.ts';
import { atOnce, linksOf, madeOn, servers, tested } from './pair.ts';

/** A process in the middle of a job that no answer ends. */
async function testing(context: TestContext): Promise<{ readonly links: SimulatedLinks; readonly running: Running }> {
  const links = await linksOf(context, {
    scenario: 'network-blocked-to-sql-server',
    probeDurations: { ...atOnce, silentMilliseconds: 3_600_000 },
  });
  const running = start(['test-network', links.configFlag, ...servers, '--yes', '--json']);
  const { instance } = links.pair.managedInstance;
  while (![...instance.rows('sysjobactivity')].some(({ start_execution_date: started }) => started !== null)) {
    assert.equal(running.process.exitCode, null, running.error());
    await nextTurn();
  }
  return { links, running };
}

test('a terminal that is closed in the middle of a job: the job is removed, and what was found is told', async (context) => {
  const { links, running } = await testing(context);
  running.process.kill('SIGHUP');
  const { code, out } = await running.finished;
  assert.deepEqual(madeOn(links.pair.managedInstance), []);
  assert.match(out, /"obstacle": "interrupted"/);
  assert.equal(code, 1);
  assert.ok(!out.includes(password));
});

test('SIGKILL in the middle of a job: the next run removes it', async (context) => {
  const { links, running } = await testing(context);
  running.process.kill('SIGKILL');
  await running.finished;
  const [left] = madeOn(links.pair.managedInstance);
  assert.ok(left !== undefined);
  links.pair.setWorldOptions({ network: [] });
  const { document } = await tested(links);
  assert.deepEqual(document.removed, [`the job ${left} on mi-prod`]);
});
