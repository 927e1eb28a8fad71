import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { connect } from '../../simulator/pair-client.ts';
import { password } from '../simulated-links.ts';
import { accounts, atOnce, type Document, linksOf, madeOn, run, tested, told } from './pair.ts';

describe('test-network', () => {
  test('gives the line for the host where the Agent runs no PowerShell', async (context) => {
    const { document } = await tested(await linksOf(context, { preparation: { sqlServer: { platform: 'Linux' } } }));
    assert.match(
      document.directions[0]?.host_lines[0] ?? '',
      /^nc -vz -w 10 mi-prod\.0123abcd\.database\.windows\.net 5022$/,
    );
  });

  test('says that a role of the Agent is not enough for PowerShell', async (context) => {
    const [polling, administrator] = accounts;
    const links = await linksOf(context, {
      accounts: [
        polling,
        { ...administrator, permissions: ['VIEW SERVER STATE', 'VIEW ANY DEFINITION'], isAgentUser: true },
      ] as typeof accounts,
    });
    const { code, document } = await tested(links);
    assert.deepEqual(told(document), ['to_managed_instance no_right', 'to_sql_server no_right']);
    assert.match(document.directions[0]?.said ?? '', /^14516: Proxy/);
    assert.equal(code, 3);
  });

  test('names what it could not remove, with the statement that does', async (context) => {
    const links = await linksOf(context);
    links.pair.sqlServer.setFaults({ denied: ['sp_delete_job'] });
    const { code, out } = await run(links, ['--yes', '--json']);
    const document = JSON.parse(out) as Document;
    const [left] = madeOn(links.pair.sqlServer);
    assert.equal(document.not_removed.length, 1);
    assert.equal(
      document.not_removed[0]?.statement,
      `EXEC msdb.dbo.sp_delete_job @job_name = N'${left}', @delete_unused_schedule = 1`,
    );
    assert.equal(code, 1);
    // The next one finds it.
    links.pair.sqlServer.setFaults({});
    const next = await tested(links);
    assert.deepEqual(next.document.removed, [`the job ${left} on sql-prod-01`]);
  });

  test('gives up a job that takes too long, and removes it', async (context) => {
    const links = await linksOf(context, {
      probeDurations: { ...atOnce, silentMilliseconds: 3_600_000 },
      scenario: 'network-blocked-to-sql-server',
    });
    const stop = new AbortController();
    const finished = run(links, ['--yes', '--json'], {
      stop: stop.signal,
      screen: { columns: 80, rows: 24 },
      onError: (text) => {
        if (text.includes('mi-prod is testing')) stop.abort();
      },
    });
    const { out } = await finished;
    assert.deepEqual(told(JSON.parse(out) as Document), [
      'gateway reached',
      'node reached',
      'to_sql_server interrupted',
    ]);
    assert.deepEqual(madeOn(links.pair.managedInstance), []);
  });

  test('leaves alone what another test has made that still runs', async (context) => {
    const links = await linksOf(context, {
      probeDurations: { ...atOnce, silentMilliseconds: 3_600_000 },
      scenario: 'network-blocked-to-sql-server',
    });
    const stop = new AbortController();
    const seconds: Promise<{ readonly error: string }>[] = [];
    const first = run(links, ['--yes', '--json'], {
      stop: stop.signal,
      screen: { columns: 80, rows: 24 },
      onError: (text) => {
        if (!text.includes('mi-prod is testing') || seconds.length > 0) return;
        seconds.push(run(links, [], { ask: async () => 'no' }).finally(() => stop.abort()));
      },
    });
    await first;
    const [second] = await Promise.all(seconds);
    const [, stays = ''] = (second?.error ?? '').split('Another test runs at this moment; what it has made stays:\n');
    assert.match(stays, /^ {2}the job milink-exporter test-network \d{8}T\d{6}Z-[0-9a-f]{8} on mi-prod\n/);
    assert.doesNotMatch(second?.error ?? '', /What an earlier test left/);
    assert.deepEqual(madeOn(links.pair.managedInstance), []);
  });

  test('asks before it makes anything, and makes nothing without a yes', async (context) => {
    const links = await linksOf(context);
    const before = links.pair.sqlServer.counts().batches;
    const refused = await run(links, [], { ask: async () => '' });
    assert.equal(refused.code, 3);
    assert.match(refused.error, /on sql-prod-01: a job of SQL Server Agent/);
    const nobody = await run(links);
    assert.equal(nobody.code, 3);
    assert.match(nobody.error, /--yes agrees, --print shows the scripts/);
    assert.ok(links.pair.sqlServer.counts().batches > before);
    const agreed = await run(links, [], { ask: async () => 'yes' });
    assert.equal(agreed.code, 0);
    assert.ok(agreed.out.split('\n').every((line) => line.length <= 80));
    assert.match(agreed.out, /^PASSED {2}both directions are open\n/);
  });

  test('prints scripts that run as they are, and leave nothing', async (context) => {
    const links = await linksOf(context);
    const { code, out } = await run(links, ['--print']);
    assert.equal(code, 0);
    const [, toInstance = '', toServer = ''] = out.split(/^-- On .*$/m);
    for (const [end, script, steps] of [
      [links.pair.sqlServer, toInstance, 4],
      [links.pair.managedInstance, toServer, 2],
    ] as const) {
      const pool = await connect(links.pair, end, { user: 'milink-admin', password });
      const { recordset } = await pool.request().batch<{ log: string }>(script);
      await pool.close();
      assert.equal(recordset.length, steps);
      assert.match(recordset[0]?.log ?? '', /TcpTestSucceeded : True/);
      assert.deepEqual(madeOn(end), []);
    }
  });

  test('never uses the login that polls', async (context) => {
    const links = await linksOf(context);
    const path = links.configFlag.slice('--config.file='.length);
    const bare = join(links.folder, 'bare.yaml');
    await writeFile(join(links.folder, 'password'), password);
    const text = await readFile(path, 'utf8');
    await writeFile(bare, text.replace(/test_network:\n(?: {2}- .*\n)+/, ''));
    const without = await run({ configFlag: `--config.file=${bare}` }, ['--yes']);
    assert.equal(without.code, 3);
    assert.match(without.error, /no login to test with at sql-prod-01/);
    const file = join(links.folder, 'password');
    const flags = ['sql-server', 'managed-instance'].flatMap((end) => [
      `--${end}.user=milink-admin`,
      `--${end}.password-file=${file}`,
    ]);
    assert.equal((await run({ configFlag: `--config.file=${bare}` }, ['--yes', ...flags])).code, 0);
  });

  test('says which server could not be asked', async (context) => {
    const links = await linksOf(context);
    await links.pair.managedInstance.stop();
    const { code, error } = await run(links, ['--yes']);
    assert.equal(code, 3);
    assert.match(error, /what to test could not be read: refused/);
  });

  test('refuses an address that is more than a word', async (context) => {
    const { code, error } = await run(await linksOf(context), ['--yes', "--sql-server.address=x'; drop"]);
    assert.equal(code, 3);
    assert.match(error, /is not a host name or an address/);
  });
});
