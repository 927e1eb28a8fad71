import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Target } from '../../src/grants/need.ts';
import { grantScript, scriptFiles } from '../../src/grants/script.ts';
import type { PairOptions } from '../../src/simulator/pair.ts';
import { runHere } from './fake-terminal.ts';
import { password, type SimulatedLinks, simulatedLinks } from './simulated-links.ts';

/** The permissions that a script grants, as it is printed. */
function grantedBy(target: Target, isErrorLogRead = false): readonly string[] {
  const script = grantScript({ target, login: { kind: 'sql', name: 'milink' }, isErrorLogRead });
  return [...script.matchAll(/^GRANT (.+) TO \[milink\];$/gm)].map(([, permission]) => permission ?? '');
}

function linksWith(
  context: TestContext,
  permissions: readonly string[],
  options: PairOptions = {},
): Promise<SimulatedLinks> {
  return simulatedLinks(context, { accounts: [{ name: 'milink', password, permissions }], ...options });
}

const servers: readonly (readonly [Target, string, PairOptions])[] = [
  ['sql-server-2016', 'sql-prod-01', { sqlServerMajor: 13 }],
  ['sql-server-2016', 'sql-prod-01', { sqlServerMajor: 15 }],
  ['sql-server-2022', 'sql-prod-01', { sqlServerMajor: 16 }],
  ['sql-server-2022', 'sql-prod-01', { sqlServerMajor: 17 }],
  ['managed-instance', 'mi-prod', {}],
];

describe('grants against the simulated servers', () => {
  for (const [target, server, options] of servers) {
    test(`${target} ${options.sqlServerMajor ?? ''}: its script is enough, and each grant of it is needed`, async (context) => {
      const all = grantedBy(target);
      for (const left of [null, ...all]) {
        const { configFlag } = await linksWith(
          context,
          all.filter((permission) => permission !== left),
          options,
        );
        const { code, out, error } = await runHere(['grants', configFlag, `--for=${server}`]);
        assert.equal(error, '');
        assert.equal(code, left === null ? 0 : 1, out);
        const missing = [...out.matchAll(/^-- missing now: (.+)$/gm)].map(([, permission]) => permission);
        assert.deepEqual(missing, left === null ? [] : [left]);
        assert.ok(out.endsWith(grantScript({ target, login: { kind: 'sql', name: 'milink' }, isErrorLogRead: false })));
        assert.ok(!out.includes(password));
      }
    });
  }

  test('where the error log is read its permission is needed, and granted', async (context) => {
    const links = await linksWith(context, grantedBy('sql-server-2022'));
    const file = links.configFlag.slice('--config.file='.length);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/^( +)tls:/gm, '$1error_log: { enabled: true }\n$1tls:'));
    const { code, out } = await runHere(['grants', links.configFlag, '--for=sql-prod-01']);
    assert.equal(code, 1);
    assert.match(out, /^-- missing now: VIEW ANY ERROR LOG$/m);
    assert.match(out, /^GRANT VIEW ANY ERROR LOG TO \[milink\];$/m);
  });

  test('a view that is denied by name is told in the words of the server', async (context) => {
    const { pair, configFlag } = await linksWith(context, grantedBy('sql-server-2022'));
    pair.sqlServer.setFaults({ denied: ['certificates'] });
    const { code, out } = await runHere(['grants', configFlag, '--for=sql-prod-01']);
    assert.equal(code, 1);
    assert.match(
      out,
      /^-- refused now: master\.sys\.certificates: The SELECT permission was denied on .*\n-- a DENY outweighs every GRANT/m,
    );
  });

  test('what could not be looked at is not called in order', async (context) => {
    const { pair, configFlag } = await linksWith(context, grantedBy('sql-server-2022'));
    pair.sqlServer.setFaults({ missing: ['dm_hadr_physical_seeding_stats'] });
    const { code, out } = await runHere(['grants', configFlag, '--for=sql-prod-01']);
    assert.equal(code, 3);
    assert.match(out, /^-- could not be looked at: sys\.dm_hadr_physical_seeding_stats: Invalid object name/m);
  });
});

describe('grants without a look', () => {
  test('a server that is down: its name, why, and the scripts that need no connection', async (context) => {
    const { pair, configFlag } = await linksWith(context, []);
    await pair.sqlServer.stop();
    const { code, out, error } = await runHere(['grants', configFlag, '--for=sql-prod-01']);
    assert.deepEqual([code, out], [3, '']);
    assert.match(
      error,
      /^milink-exporter: error: sql-prod-01: refused: .*--target prints the script: sql-server-2016, /,
    );
  });

  test('--target gives the script of deploy/sql, without a configuration', async () => {
    for (const { path, content } of scriptFiles().filter((file) => file.path.endsWith('-sql.sql'))) {
      const target = /deploy\/sql\/(.*)-sql\.sql/.exec(path)?.[1];
      const { code, out } = await runHere(['grants', `--target=${target}`]);
      assert.equal(code, 0);
      assert.equal(out, content.slice(content.indexOf('\n') + 1));
    }
  });

  const logins: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'type: windows, domain: CORP, username: svc, password_env: P',
      ['--target=sql-server-2016'],
      /^ +CREATE LOGIN \[CORP\\svc\] FROM WINDOWS/m,
    ],
    [
      'type: managed_identity',
      ['--target=managed-instance'],
      /^ +CREATE LOGIN \[milink-exporter\] FROM EXTERNAL PROVIDER;$/m,
    ],
    [
      'type: managed_identity',
      ['--target=managed-instance', '--login=vm-monitoring'],
      /^GRANT VIEW SERVER STATE TO \[vm-monitoring\];$/m,
    ],
    [
      'type: sql_login, username: reader, password_env: P',
      ['--target=sql-server-2022'],
      /^ +CREATE LOGIN \[reader\] WITH PASSWORD = N'<password>'/m,
    ],
  ];
  for (const [authentication, flags, expected] of logins) {
    test(`the login of the configuration: ${authentication} ${flags.join(' ')}`, async (context) => {
      const { folder } = await simulatedLinks(context);
      const file = join(folder, 'one.yaml');
      await writeFile(file, `servers: [{ name: mi, host: h, authentication: { ${authentication} } }]\n`);
      const args = ['grants', `--config.file=${file}`, '--for=mi', ...flags];
      const { code, out } = await runHere(args, { environment: { P: password } });
      assert.equal(code, 0);
      assert.match(out, expected);
      assert.ok(!out.includes(password));
    });
  }

  for (const [flags, message] of [
    [['--for=mi-prd'], /--for: no server "mi-prd" in the configuration: did you mean "mi-prod"\?/],
    [[], /--for is missing: use "sql-prod-01" or "mi-prod"/],
    [['--for=mi-prod', '--target=sql-server-2016'], /SQL Server 2016 to 2019 has no login of Entra ID/],
    [['--target=oracle'], /--target: "oracle" is not one of sql-server-2016, sql-server-2022, managed-instance/],
  ] as const) {
    test(`grants ${flags.join(' ')}: exit code 3 with a hint`, async (context) => {
      const { configFlag, folder } = await simulatedLinks(context);
      const file = join(folder, 'links.yaml');
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replace(/(- name: mi-prod[^{]*)\{ type: sql_login[^}]*\}/, '$1{ type: managed_identity }'),
      );
      const { code, error } = await runHere(['grants', configFlag, ...flags]);
      assert.equal(code, 3);
      assert.match(error, message);
    });
  }
});

describe('grants --azure against the simulated Azure', () => {
  test('an identity that reads everything: 0, and the role with its assignment', async (context) => {
    const { configFlag } = await simulatedLinks(context, { azure: { behindMilliseconds: 0 } });
    const { code, out, error } = await runHere(['grants', '--azure', configFlag]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^# The identity reads everything: nothing is missing\.\n/);
    assert.match(out, /"Microsoft\.Sql\/managedInstances\/distributedAvailabilityGroups\/read"/);
    assert.match(out, /az role assignment create .*managedInstances\/mi-prod'/);
  });

  for (const [status, expected, words] of [
    [403, 1, /^# Missing now:\n# {3}Microsoft\.Sql\/.*\/read\n# Not read:\n# {3}links of mi-prod: forbidden/],
    [404, 3, /^# Not read:\n# {3}links of mi-prod: /],
  ] as const) {
    test(`links are answered with ${status}: exit code ${expected}, and the role all the same`, async (context) => {
      const { configFlag, pair } = await simulatedLinks(context, { azure: { behindMilliseconds: 0 } });
      pair.azure?.setFault({ kind: 'status', status }, '/distributedAvailabilityGroups');
      const { code, out, error } = await runHere(['grants', '--azure', configFlag]);
      assert.deepEqual([code, error], [expected, '']);
      assert.match(out, words);
      assert.match(out, /az role definition create/);
    });
  }
});
