import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './process.ts';

test('demo shows a first page, announces stages and verdicts, and ends in order', async () => {
  const demo = start(['demo', '--web.listen-address=127.0.0.1:0', '--poll-interval=100ms', '--scenario=split-brain']);
  const [, url] = await demo.seen(/metrics +(http:\S+)\/metrics/);
  await demo.seen(/stage split brain|stage split-brain/);
  await demo.seen(/DAG_Sales\/mi-prod is split_brain: /);
  const page = await (await fetch(`${url}/metrics`)).text();
  assert.match(page, /^milink_up\{server="sql-prod-01"\} 1$/m);
  assert.match(page, /^milink_link_verdict\{.*verdict="split_brain"\} 1$/m);
  demo.process.kill('SIGINT');
  const { code, out, error } = await demo.finished;
  assert.equal(code, 0);
  assert.equal(error, '');
  // Nothing is said of a link before each of its servers was polled.
  assert.match(/^.*DAG_Sales.*$/m.exec(out)?.[0] ?? '', / is split_brain: /);
});

test('simulate prints both addresses and the login, and ends in order', async () => {
  const pair = start(['simulate', '--scenario=healthy', '--simulator.user=reader', '--simulator.password=secret-1']);
  await pair.seen(/^SQL Server +127\.0\.0\.1:\d+$/m);
  await pair.seen(/^managed instance +127\.0\.0\.1:\d+$/m);
  await pair.seen(/^login +reader, password secret-1$/m);
  await pair.seen(/stage healthy/);
  pair.process.kill('SIGTERM');
  assert.equal((await pair.finished).code, 0);
});

test('a port in use is one clear line and exit code 1', async () => {
  const first = start(['simulate', '--scenario=healthy']);
  const [, address = ''] = await first.seen(/SQL Server +(127\.0\.0\.1:\d+)/);
  const second = start(['simulate', `--simulator.listen=${address}`]);
  const { code, error } = await second.finished;
  first.process.kill();
  await first.finished;
  assert.equal(code, 1);
  assert.match(error, /^milink-exporter: error: the simulated servers can't listen: .*in use/);
  assert.equal(error.trim().split('\n').length, 1);
});
