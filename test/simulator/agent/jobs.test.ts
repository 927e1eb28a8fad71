import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PairOptions } from '../../../src/simulator/pair.ts';
import type { End } from '../../../src/simulator/pair-end.ts';
import { connect, startMilliseconds, withPair } from '../pair-client.ts';

const administrator = { name: 'admin', password: 'admin', permissions: ['CONTROL SERVER'] };
const agentUser = { name: 'user', password: 'user', isAgentUser: true };
const client = (user: string): { user: string; password: string } => ({ user, password: user });

const create = `DECLARE @id BINARY(16);
  EXEC msdb.dbo.sp_add_job @job_name = N'probe', @job_id = @id OUTPUT;
  EXEC msdb.dbo.sp_add_jobstep @job_id = @id, @step_name = N'one', @step_id = 1, @subsystem = N'PowerShell', @flags = 8,
    @on_success_action = 1, @command = N'COMMAND';
  EXEC msdb.dbo.sp_add_jobserver @job_id = @id, @server_name = N'(local)'`;

interface Talk {
  readonly ask: (batch: string) => Promise<readonly Record<string, unknown>[]>;
  /** Moves the clock of the pair on. */
  readonly pass: (milliseconds: number) => void;
}

/** A session of a login on one end of a pair whose clock only moves when it is told to. */
async function talk(
  end: 'sqlServer' | 'managedInstance',
  options: PairOptions,
  use: (talk: Talk) => Promise<void>,
  user = 'admin',
): Promise<void> {
  let now = startMilliseconds;
  const accounts = [administrator, agentUser, { name: 'milink', password: 'milink' }];
  await withPair({ accounts, clock: () => now, ...options }, async (pair) => {
    const pool = await connect(pair, pair[end] satisfies End, client(user));
    try {
      await use({
        ask: async (batch) => (await pool.request().batch(batch)).recordset ?? [],
        pass: (milliseconds) => {
          now += milliseconds;
        },
      });
    } finally {
      await pool.close();
    }
  });
}

/** What the step log holds once the job has had all the time that it needs. */
async function outputOf(
  end: 'sqlServer' | 'managedInstance',
  command: string,
  options: PairOptions = {},
): Promise<string> {
  let output = '';
  await talk(end, options, async ({ ask, pass }) => {
    await ask(create.replace('COMMAND', command));
    await ask("EXEC msdb.dbo.sp_start_job @job_name = N'probe'");
    pass(60_000);
    const [row] = await ask('SELECT log FROM msdb.dbo.sysjobstepslogs');
    output = String(row?.log);
  });
  return output;
}

describe('jobs of the simulated SQL Server Agent', () => {
  const gateway = 'mi-prod.0123abcd.database.windows.net';
  const blocked = (to: 'gateway' | 'server', outcome: 'filtered' | 'refused' | 'unresolved'): PairOptions => ({
    network: [{ from: to === 'gateway' ? 'sqlServer' : 'managedInstance', to, outcome }],
  });
  const tests = [
    {
      what: 'reaches the gateway',
      end: 'sqlServer',
      command: `tnc ${gateway} -port 5022 | select ComputerName`,
      options: {},
      said: /TcpTestSucceeded : True/,
    },
    {
      what: 'is not answered',
      end: 'sqlServer',
      command: `tnc ${gateway} -port 5022`,
      options: blocked('gateway', 'filtered'),
      said: /RemoteAddress {4}: 10\.20\.0\.4\r\n[\s\S]*TcpTestSucceeded : False/,
    },
    {
      what: 'does not find a name',
      end: 'sqlServer',
      command: `tnc ${gateway} -port 5022`,
      options: blocked('gateway', 'unresolved'),
      said: /RemoteAddress {4}: \r\n/,
    },
    {
      what: 'reaches SQL Server',
      end: 'managedInstance',
      command: 'tnc 10.1.0.5 -port 5022 -InformationLevel Quiet',
      options: {},
      said: /\r\nTrue\r\n$/,
    },
    {
      what: 'finds another port closed',
      end: 'managedInstance',
      command: 'tnc 10.1.0.5 -port 5023 -InformationLevel Quiet',
      options: {},
      said: /\r\nFalse\r\n$/,
    },
    {
      what: 'finds no endpoint',
      end: 'managedInstance',
      command: 'tnc sql-prod-01 -port 5022',
      options: { preparation: { sqlServer: { hasEndpoint: false } } },
      said: /TcpTestSucceeded : False/,
    },
  ] as const;
  for (const { what, end, command, options, said } of tests) {
    it(`${what}: ${command.slice(0, 60)}`, async () => assert.match(await outputOf(end, command, options), said));
  }

  it('show a run as it goes, and are gone when deleted', () =>
    talk('sqlServer', {}, async ({ ask, pass }) => {
      await ask(create.replace('COMMAND', `tnc ${gateway} -port 5022`));
      await ask("EXEC msdb.dbo.sp_start_job @job_name = N'probe'");
      const activity = 'SELECT start_execution_date, stop_execution_date FROM msdb.dbo.sysjobactivity';
      assert.equal((await ask(activity))[0]?.stop_execution_date, null);
      assert.deepEqual(await ask('SELECT step_id FROM msdb.dbo.sysjobhistory'), []);
      pass(30_000);
      assert.notEqual((await ask(activity))[0]?.stop_execution_date, null);
      assert.deepEqual(
        (await ask('SELECT step_id, run_status FROM msdb.dbo.sysjobhistory ORDER BY step_id')).map((row) => ({
          ...row,
        })),
        [
          { step_id: 0, run_status: 1 },
          { step_id: 1, run_status: 1 },
        ],
      );
      await ask("EXEC msdb.dbo.sp_delete_job @job_name = N'probe'");
      for (const table of ['sysjobs', 'sysjobsteps', 'sysjobhistory', 'sysjobstepslogs', 'sysjobactivity']) {
        assert.deepEqual(await ask(`SELECT 1 AS found FROM msdb.dbo.${table}`), [], table);
      }
    }));

  const refusals = [
    { what: 'the Agent stopped', number: 22_022, agent: 'stopped' },
    { what: 'Agent XPs off', number: 15_281, agent: 'disabled' },
    { what: 'an edition without an Agent', number: 22_022, agent: 'absent' },
  ] as const;
  for (const { what, number, agent } of refusals) {
    it(`are not started with ${what}: ${number}`, () =>
      talk('sqlServer', { preparation: { sqlServer: { agent } } }, async ({ ask }) => {
        await ask(create.replace('COMMAND', 'tnc x -port 1'));
        await assert.rejects(ask("EXEC msdb.dbo.sp_start_job @job_name = N'probe'"), { number });
      }));
  }

  it('have no PowerShell on Linux: 14234', () =>
    talk('sqlServer', { preparation: { sqlServer: { platform: 'Linux' } } }, async ({ ask }) => {
      await assert.rejects(ask(create), { number: 14_234 });
    }));

  it('need a proxy for PowerShell unless a sysadmin makes them: 14516', () =>
    talk('sqlServer', {}, async ({ ask }) => assert.rejects(ask(create), { number: 14_516 }), 'user'));

  it('are refused to who is in no role of the Agent: 229', () =>
    talk(
      'sqlServer',
      {},
      async ({ ask }) => {
        await assert.rejects(ask(create), { number: 229 });
        await assert.rejects(ask('SELECT name FROM msdb.dbo.sysjobs_view'), { number: 229 });
      },
      'milink',
    ));
});

describe('definitions of a sysadmin', () => {
  const certificate = "CREATE CERTIFICATE TEST_CERT WITH SUBJECT = N'test', EXPIRY_DATE = N'3/30/2051'";
  const endpoint = `CREATE ENDPOINT TEST_ENDPOINT STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL)
    FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE TEST_CERT, ENCRYPTION = REQUIRED ALGORITHM AES)`;

  it('make an endpoint where there is none, and leave nothing when removed', () =>
    talk('sqlServer', { preparation: { sqlServer: { hasEndpoint: false } } }, async ({ ask }) => {
      const before = await ask('SELECT name FROM sys.certificates');
      await ask(certificate);
      await ask(endpoint);
      const [made] = await ask("SELECT port FROM sys.tcp_endpoints WHERE name = 'TEST_ENDPOINT'");
      assert.equal(made?.port, 5022);
      await assert.rejects(ask('DROP CERTIFICATE TEST_CERT'), { number: 15_352 });
      await ask('DROP ENDPOINT TEST_ENDPOINT');
      await ask('DROP CERTIFICATE TEST_CERT');
      assert.deepEqual(await ask('SELECT name FROM sys.certificates'), before);
      assert.deepEqual(await ask('SELECT name FROM sys.database_mirroring_endpoints'), []);
    }));

  it('are refused beside an endpoint (7862), and without a master key (15581)', async () => {
    await talk('sqlServer', {}, async ({ ask }) => {
      await ask(certificate);
      await assert.rejects(ask(endpoint), { number: 7862 });
    });
    await talk('sqlServer', { preparation: { sqlServer: { hasMasterKey: false } } }, async ({ ask }) =>
      assert.rejects(ask(certificate), { number: 15_581 }),
    );
  });

  it('are refused to anybody else as before', () =>
    talk('sqlServer', {}, async ({ ask }) => assert.rejects(ask(certificate), { number: 15_247 }), 'milink'));
});

describe('reads of preparation', () => {
  it('see filegroups of a database only with a right to enter it: 916', () =>
    talk(
      'sqlServer',
      { preparation: { sqlServer: { databases: { furtherFilegroups: ['FD'] } } } },
      async ({ ask }) => assert.rejects(ask('SELECT type FROM [Sales].sys.filegroups'), { number: 916 }),
      'milink',
    ));

  it('see each database its own filegroups', () =>
    talk('sqlServer', { preparation: { sqlServer: { databases: { furtherFilegroups: ['FD'] } } } }, async ({ ask }) => {
      const types = async (database: string): Promise<unknown> =>
        (await ask(`SELECT type FROM ${database}.sys.filegroups`)).map(({ type }) => type);
      assert.deepEqual(await types('[Sales]'), ['FG', 'FD']);
      assert.deepEqual(await types('[master]'), ['FG']);
    }));

  it('see trace flags, those that are asked for', () =>
    talk(
      'sqlServer',
      { preparation: { sqlServer: { traceFlags: [9567] } } },
      async ({ ask }) => {
        const rows = await ask('DBCC TRACESTATUS (1800, 9567) WITH NO_INFOMSGS');
        assert.deepEqual(
          rows.map(({ TraceFlag, Global }) => [TraceFlag, Global]),
          [
            [1800, 0],
            [9567, 1],
          ],
        );
      },
      'milink',
    ));
});
