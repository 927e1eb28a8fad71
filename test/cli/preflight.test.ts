import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PairOptions } from '../../src/simulator/pair.ts';
import type { PreparationChange } from '../../src/simulator/world/preparation.ts';
import { runHere } from './fake-terminal.ts';
import { administrator, create, notPassed, preflight, servers, started } from './preflighted.ts';
import { password, simulatedLinks } from './simulated-links.ts';

/** Databases that are SQL Server's alone, everything else as it should be. */
const prepared: PreparationChange = {};

test('preflight before a link', async (context) => {
  const links = await simulatedLinks(context, { scenario: 'not-prepared', accounts: [administrator] });
  const { pair } = links;

  const planted: readonly (readonly [
    what: string,
    found: readonly string[],
    change: PreparationChange,
    statement?: RegExp,
  ])[] = [
    ['nothing', [], prepared],
    ['Always On off', ['always_on failed'], { isHadrEnabled: false }],
    ['no master key', ['master_key failed'], { hasMasterKey: false }, /CREATE MASTER KEY/],
    [
      'no imported certificates',
      ['root_certificates failed', 'partner_certificate failed'],
      { hasImportedCertificates: false },
    ],
    ['a trace flag off', ['trace_flags warning'], { traceFlags: [9567] }, /DBCC TRACEON \(1800, -1\)/],
    ['the event session stopped', ['health_session warning'], { hasHealthSession: false }, /AlwaysOn_health/],
    [
      'a certificate of a test left',
      ['left_over_certificates warning'],
      { leftOverCertificates: ['TEST_CERT'] },
      /DROP CERTIFICATE \[TEST_CERT\]/,
    ],
    [
      'the recovery model SIMPLE',
      ['recovery_model failed', 'log_chain failed'],
      { databases: { recoveryModel: 'SIMPLE' } },
      /SET RECOVERY FULL/,
    ],
    ['no full backup', ['log_chain failed'], { databases: { hasFullBackup: false } }, /BACKUP DATABASE \[Sales\]/],
    ['AUTO_CLOSE on', ['database_state failed'], { databases: { isAutoCloseOn: true } }, /AUTO_CLOSE OFF/],
    ['a read-only database', ['database_state failed'], { databases: { isReadOnly: true } }, /READ_WRITE/],
    ['a database for one user', ['database_state failed'], { databases: { userAccess: 'SINGLE_USER' } }, /MULTI_USER/],
    [
      'accelerated recovery off',
      ['accelerated_recovery warning'],
      { databases: { versionStoreFilegroup: null } },
      /ACCELERATED_DATABASE_RECOVERY = ON$/,
    ],
    [
      'the version store elsewhere',
      ['accelerated_recovery warning'],
      { databases: { versionStoreFilegroup: 3 } },
      /\[PRIMARY\]/,
    ],
    ['Service Broker off', ['service_broker warning'], { databases: { isBrokerEnabled: false } }, /ENABLE_BROKER/],
    ['a publisher', ['publisher warning'], { databases: { isPublished: true } }],
    ['two files of log', ['log_files failed'], { databases: { logFiles: 2 } }],
    ['FILESTREAM', ['filegroups failed'], { databases: { furtherFilegroups: ['FD'] } }],
    ['memory-optimized tables on General Purpose', ['filegroups failed'], { databases: { furtherFilegroups: ['FX'] } }],
    [
      'more log than the managed instance takes',
      ['log_rate warning'],
      { databases: { logBytesPerSecond: 40 * 1024 ** 2 } },
    ],
    ['encryption', ['encryption untold'], { databases: { encryptor: 'CERTIFICATE' } }],
    // Last: a job stays until somebody removes it.
    [
      'a job of a test left',
      ['left_over_jobs warning'],
      { leftOverJobs: ['TestMILinkConnection'] },
      /sp_delete_job @job_name = N'TestMILinkConnection'/,
    ],
  ];
  for (const [what, found, sqlServer, statement] of planted) {
    await context.test(`finds ${what}`, async () => {
      pair.setWorldOptions({ preparation: { sqlServer, managedInstance: {} } });
      // The scenario's own endpoint takes Windows authentication only.
      const ofEndpoint = ['endpoint failed', 'endpoint_certificate failed'];
      const asked = await preflight(links, ...create);
      assert.deepEqual(
        notPassed(asked)
          .filter((each) => !ofEndpoint.includes(each))
          .toSorted(),
        [...found].toSorted(),
      );
      if (statement === undefined) return;
      const statements = asked.outcomes.filter(({ condition }) =>
        found.some((each) => each.startsWith(`${condition} `)),
      );
      assert.ok(
        statements.some((each) => statement.test(each.statement?.text ?? '')),
        JSON.stringify(statements),
      );
    });
  }

  await context.test('finds that a managed instance is too small', async () => {
    pair.setWorldOptions({ preparation: { sqlServer: {}, managedInstance: { reservedStorageMegabytes: 21_000 } } });
    assert.ok(notPassed(await preflight(links, ...create)).includes('size failed'));
  });

  await context.test('finds a database that is not there', async () => {
    pair.setWorldOptions({ preparation: { sqlServer: {}, managedInstance: {} } });
    const { outcomes } = await preflight(links, '--database=Absent');
    assert.deepEqual(
      outcomes
        .filter(({ condition, status }) => condition === 'database_state' && status === 'failed')
        .map(({ subject }) => subject),
      ['Absent'],
    );
  });
});

describe('preflight of servers', () => {
  const cases: readonly (readonly [what: string, found: string, options: PairOptions])[] = [
    ['a build that is too old', 'build failed', { scenario: 'build-too-old' }],
    ['a stopped endpoint', 'endpoint failed', { scenario: 'endpoint-stopped' }],
    ['an endpoint that does not encrypt', 'endpoint failed', { scenario: 'endpoint-unencrypted' }],
    ['an endpoint on one address', 'endpoint_address warning', { scenario: 'endpoint-elsewhere' }],
    ['an expired certificate', 'endpoint_certificate failed', { scenario: 'certificate-expired' }],
    [
      'a certificate of the managed instance that is no longer its own',
      'partner_certificate failed',
      { staleImports: ['sqlServer'] },
    ],
    ['half a link', 'half_a_link warning', { scenario: 'creation-failed' }],
    ['a database in a link', 'database_free failed', {}],
    ['a name that is taken', 'name_free failed', {}],
    ['a managed instance that is always up to date', 'update_policy warning', { scenario: 'always-up-to-date' }],
    ['a version without a way back', 'way_back warning', { sqlServerMajor: 15 }],
  ];
  for (const [what, found, options] of cases) {
    test(`finds ${what}`, async (context) => {
      const asked = await preflight(await started(context, options), ...create);
      assert.ok(notPassed(asked).includes(found), notPassed(asked).join(', '));
    });
  }

  test('says which right is missing, and exits with 3 where nothing else stands in the way', async (context) => {
    const links = await simulatedLinks(context, {
      scenario: 'not-prepared',
      preparation: { sqlServer: { hasEndpoint: false } },
    });
    const asked = await preflight(links, ...create);
    const rights = new Set(
      asked.outcomes.filter(({ status }) => status === 'untold').map((each) => each.missing_right),
    );
    assert.deepEqual([...rights].toSorted(), [
      'CONNECT ANY DATABASE',
      'a role of SQL Server Agent in msdb (SQLAgentReaderRole)',
    ]);
    assert.equal(asked.code, 3);
  });

  test('tells nothing that hidden rows would show to a login without VIEW ANY DEFINITION', async (context) => {
    const accounts = [{ name: 'milink', password, permissions: ['VIEW SERVER STATE'] }];
    const asked = await preflight(await started(context, { accounts }), ...create);
    for (const condition of ['master_key', 'endpoint', 'root_certificates', 'log_files']) {
      const [outcome] = asked.outcomes.filter((each) => each.condition === condition);
      assert.equal(outcome?.status, 'untold', condition);
      assert.equal(outcome?.missing_right, 'VIEW ANY DEFINITION', condition);
    }
  });

  test('tells nothing of a server that does not answer, and exits with 3', async (context) => {
    const links = await started(context, { scenario: 'unreachable' });
    await links.pair.sqlServer.stop();
    await links.pair.managedInstance.stop();
    const asked = await preflight(links, ...create);
    assert.equal(asked.code, 3);
    assert.deepEqual([...new Set(asked.outcomes.map(({ status }) => status))], ['untold']);
  });

  test('asks Azure too where the configuration has it', async (context) => {
    const links = await started(context, { scenario: 'instance-updating', azure: { behindMilliseconds: 0 } });
    const asked = await preflight(links, ...create);
    const ofAzure = asked.outcomes.filter(({ condition }) => condition.startsWith('azure_'));
    assert.deepEqual(ofAzure.map(({ condition, status }) => `${condition} ${status}`).toSorted(), [
      'azure_failover_group passed',
      'azure_instance_ready failed',
      'azure_instance_ready failed',
      'azure_link_count passed',
      'azure_link_error passed',
      'azure_public_endpoint passed',
      'azure_signature passed',
      'azure_uploaded_certificates passed',
    ]);
    assert.ok(asked.outcomes.some((each) => each.condition === 'own_certificate_known' && each.status === 'passed'));
    const action = 'Microsoft.Sql/locations/instanceFailoverGroups/read';
    links.pair.azure?.setFault({ kind: 'status', status: 403 }, 'instanceFailoverGroups');
    const refused = (await preflight(links, ...create)).outcomes.find(
      (each) => each.condition === 'azure_failover_group',
    );
    assert.deepEqual([refused?.status, refused?.missing_right], ['untold', action]);
  });

  test('shows what stands in the way first, in 80 columns', async (context) => {
    const links = await simulatedLinks(context, { scenario: 'not-prepared' });
    const { code, out } = await runHere(['preflight', links.configFlag, ...servers, ...create]);
    assert.equal(code, 2);
    const lines = out.split('\n');
    assert.ok(lines.every((line) => line.length <= 80));
    assert.match(lines[0] ?? '', /^FAILED {2}creating a link: sql-prod-01 and mi-prod, Sales$/);
    const at = (text: string): number => lines.indexOf(text);
    assert.ok(at('What has to be so') < at('What can not be changed afterwards'));
    assert.ok(at('What can not be changed afterwards') < at('Advice'));
  });

  test('a wrong command line exits with 3 and says what is allowed', async (context) => {
    const links = await started(context, {});
    const { code, error } = await runHere([
      'preflight',
      links.configFlag,
      '--sql-server=sql-prod-01',
      '--managed-instance=mi-pord',
      '--database=Sales',
    ]);
    assert.equal(code, 3);
    assert.match(error, /did you mean "mi-prod"\?/);
  });
});
