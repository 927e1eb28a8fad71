import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Pair } from '../../src/simulator/pair.ts';
import { runHere } from '../cli/fake-terminal.ts';
import { password, simulatedLinks } from '../cli/simulated-links.ts';
import { connect } from '../simulator/pair-client.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/drill.md'), 'utf8');

const rotation = readFileSync(join(import.meta.dirname, '../../docs/runbooks/rotate-a-certificate.md'), 'utf8');

/** What the page has its reader do, and what it says comes of it, in its order. */
const steps = [
  ...page.matchAll(/```tsql\n-- on (?<server>\S+)\n(?<sql>.*)\n```|^`check` says \*\*(?<verdict>.*)\*\*\.$/gm),
];

const administrator = { name: 'milink-admin', password, permissions: ['CONTROL SERVER'] };

async function execute(pair: Pair, server: string, sql: string): Promise<readonly string[]> {
  const end = server === 'mi-prod' ? pair.managedInstance : pair.sqlServer;
  const pool = await connect(pair, end, { user: administrator.name, password });
  const request = pool.request();
  const messages: string[] = [];
  request.on('info', ({ message }: { message: string }) => messages.push(message));
  try {
    await request.batch(sql);
  } finally {
    await pool.close();
  }
  return messages;
}

/** More than a copy takes to come back, and fewer than what makes clocks that differ a finding of its own. */
const laterMilliseconds = 4000;
const mostLooks = 8;

test('the drill leads from a split brain to healthy again, with the statements of its page', async (context) => {
  let later = 0;
  const { pair, configFlag } = await simulatedLinks(context, {
    scenario: 'split-brain',
    accounts: [{ name: 'milink', password }, administrator],
    clock: () => Date.now() + later,
  });
  const first = async (): Promise<string> => (await runHere(['check', configFlag])).out.split('\n')[0] ?? '';
  const told: string[] = [];
  for (const { groups = {} } of steps) {
    const { server = '', sql = '', verdict } = groups;
    if (verdict === undefined) {
      // The page: error 41142 says that the copy is not in step yet.
      const isEarly = (error: unknown): boolean =>
        error instanceof Error && 'number' in error && error.number === 41_142;
      for (let look = 1; ; look += 1) {
        const messages = await execute(pair, server, sql).catch((error: unknown) => {
          if (!isEarly(error) || look >= mostLooks) throw error;
          return null;
        });
        if (messages === null) later += laterMilliseconds;
        told.push(...(messages ?? []));
        if (messages !== null) break;
      }
      continue;
    }
    const words = new RegExp(`^${verdict.replace(' ', ' +')}`);
    let line = await first();
    for (let look = 1; look < mostLooks && !words.test(line); look += 1) {
      later += laterMilliseconds;
      line = await first();
    }
    assert.match(line, words);
  }
  assert.ok(steps.length >= 9, 'the page has lost its steps');
  assert.ok(told.includes('The backup set on file 1 is valid.'));
  const { out } = await runHere(['check', configFlag]);
  assert.match(out, /sql-prod-01 +SQL Server +PRIMARY/);
  assert.match(out, /mi-prod +managed instance +SECONDARY/);
});

test('a certificate that ends is replaced by the statements of its runbook', async (context) => {
  const { pair, configFlag } = await simulatedLinks(context, {
    scenario: 'certificate-expiring',
    accounts: [{ name: 'milink', password }, administrator],
  });
  const told = async (): Promise<string> => (await runHere(['check', configFlag])).out;
  const [, old = ''] = /^ +(Cert_\S+_endpoint) +sql-prod-01 +endpoint +5 d/m.exec(await told()) ?? [];
  assert.notEqual(old, '');
  const [, ownServer = ''] = /## SQL Server's endpoint certificate([\s\S]*?)\n## /.exec(rotation) ?? [];
  const statements = [...ownServer.matchAll(/```tsql\n\s*-- changes: on SQL Server\n([\s\S]*?)```/g)].map(
    ([, sql = '']) =>
      sql
        .replaceAll('<new certificate>', 'Cert_new')
        .replaceAll('<old certificate>', old)
        .replace('<endpoint>', 'database_mirroring_endpoint')
        .replace('<server>', 'sql-prod-01')
        .replace(", EXPIRY_DATE = N'<date>'", ''),
  );
  assert.equal(statements.length, 3, 'make, use and drop');
  const drop = statements[2] ?? '';
  await assert.rejects(execute(pair, 'sql-prod-01', drop), /used by an endpoint/);
  for (const sql of statements) await execute(pair, 'sql-prod-01', sql);
  const after = await told();
  assert.match(after, /^HEALTHY +healthy +DAG_Sales on mi-prod$/m);
  assert.match(after, /^ +Cert_new +sql-prod-01 +endpoint +36\d d/m);
  await assert.rejects(execute(pair, 'sql-prod-01', drop), /does not exist/);
  // Set anew, it is as it was.
  pair.setScenario('certificate-expiring');
  assert.match(await told(), new RegExp(`^ +${old} +sql-prod-01 +endpoint +5 d`, 'm'));
});

test('only who may administer can, and a role that an end has not can not be taken from it', async (context) => {
  const { pair } = await simulatedLinks(context, { accounts: [{ name: 'milink', password }, administrator] });
  const demote = 'ALTER AVAILABILITY GROUP [DAG_Sales] SET (ROLE = SECONDARY);';
  const pool = await connect(pair, pair.sqlServer, { user: 'milink', password });
  context.after(() => pool.close());
  await assert.rejects(pool.request().batch(demote), /permission|denied|does not exist/i);
  await assert.rejects(execute(pair, 'mi-prod', demote), /cannot accept signal 'SET ROLE'.*'SECONDARY'/);
  await assert.rejects(
    execute(pair, 'mi-prod', 'ALTER AVAILABILITY GROUP [DAG_Sales] FORCE_FAILOVER_ALLOW_DATA_LOSS;').then(() =>
      execute(pair, 'mi-prod', 'ALTER AVAILABILITY GROUP [No_Such] FAILOVER;'),
    ),
    /No_Such/,
  );
});

test('the line of the page for a client from Debian logs in', async (context) => {
  const { pair } = await simulatedLinks(context, { accounts: [administrator] });
  const [, flags = ''] = /^ {4}tsql (.*)$/m.exec(page) ?? [];
  const words = flags.replace('<port>', String(pair.sqlServer.port)).replace('milink-demo', password).split(' ');
  // In a process beside this one: the server that answers it is here.
  const client = spawn('tsql', words, { stdio: ['pipe', 'pipe', 'pipe'] });
  client.stdin.end("BACKUP LOG [Sales] TO DISK = N'/var/backups/Sales-tail.trn';\nGO\n");
  const [out, error] = await Promise.all([client.stdout, client.stderr].map((stream) => stream.toArray()));
  assert.match(Buffer.concat([...(out ?? []), ...(error ?? [])]).toString(), /BACKUP LOG successfully processed/);
});
