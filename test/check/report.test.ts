import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReport } from '../../src/check/report/build.ts';
import type { CheckReport, LinkReport, NextStep } from '../../src/check/report/report.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import { exitCodeOfSeverity } from '../../src/link/severity.ts';
import type { DatabaseAtEnd } from '../link/database-rows.ts';
import { failedServer, mirroringEndpoint, now } from '../link/server-state.ts';
import { pair, trust } from './ends.ts';
import { manyDatabases, reportOf, scenarios } from './scenarios.ts';

function scenario(name: string): CheckReport {
  const found = scenarios[name];
  assert.ok(found, name);
  return reportOf(found);
}

function onlyLink({ links }: CheckReport): LinkReport {
  const [link, ...others] = links;
  assert.ok(link !== undefined && others.length === 0);
  return link;
}

const exitCodes: Readonly<Record<string, number>> = {
  healthy: 0,
  'split-brain': 2,
  missing: 2,
  'nothing-polled': 3,
  'no-links': 3,
  'no-primary': 2,
  'no-primary-stuck': 2,
  'primary-lost': 2,
  'copy-reverting': 2,
  'dropped-at-sql-server': 2,
  'dropped-at-managed-instance': 2,
  'split-brain-seen': 2,
  'primary-unreachable': 2,
  'secondary-unreachable': 1,
  seeding: 1,
  'seeding-uncompressed': 1,
  'seeding-without-estimate': 1,
  'seeding-failed': 2,
  disconnected: 2,
  suspended: 2,
  'not-healthy': 2,
  'partially-healthy': 1,
  'certificate-expiring': 1,
  'certificate-expired': 2,
  'certificate-differs': 1,
  'database-missing': 1,
  'permission-missing': 3,
  'many-links': 2,
  'view-not-read': 1,
};

test('every scenario has an exit code', () => {
  assert.deepEqual(Object.keys(exitCodes).sort(), Object.keys(scenarios).sort());
});

for (const [name, code] of Object.entries(exitCodes)) {
  test(`${name} is exit code ${code}`, () => assert.equal(exitCodeOfSeverity[scenario(name).severity], code));
}

const day = 86_400;
const certificates: readonly (readonly [number, number])[] = [
  [31 * day, 0],
  [29 * day, 1],
  [8 * day, 1],
  [3 * day, 1],
  [day, 2],
  [-day, 2],
];

for (const [seconds, code] of certificates) {
  test(`SQL Server's certificate with ${seconds / day} days left is exit code ${code}`, () => {
    const report = reportOf({ servers: pair({ sqlViews: trust(now + seconds) }) });
    assert.equal(exitCodeOfSeverity[report.severity], code);
    assert.equal(onlyLink(report).nextSteps.length > 0, code > 0);
  });
}

test("the managed instance's certificate is information: Azure renews it", () => {
  const views = trust();
  const imported = (views.certificates ?? []).map((row) =>
    row.certificateId === 2 ? { ...row, expiryTimestampSeconds: now - day } : row,
  );
  const report = reportOf({ servers: pair({ sqlViews: { ...views, certificates: imported } }) });
  assert.equal(report.severity, 'healthy');
});

test('a server that could not be polled and that no link names makes the whole unknown', () => {
  const report = reportOf({ servers: [...pair(), failedServer('other', { host: 'sql02.corp.example' })] });
  assert.equal(onlyLink(report).severity, 'healthy');
  assert.equal(report.severity, 'unknown');
});

test('of the links that were asked for, the others say nothing', () => {
  const servers = scenarios['many-links']?.servers ?? [];
  const links = assessLinks(servers, []);
  const report = buildReport({
    servers: servers.map((state) => ({ state, port: 1433 })),
    links,
    nowSeconds: now,
    chosen: links.filter(({ name }) => name === 'DAG_B'),
  });
  assert.deepEqual([report.severity, report.links.map(({ name }) => name)], ['healthy', ['DAG_B']]);
});

test('links come worst first, then by name', () => {
  const names = scenario('many-links').links.map(({ name }) => name);
  assert.deepEqual(names, ['DAG_Sales', 'DAG_A', 'DAG_B', 'DAG_C', 'DAG_D', 'DAG_E']);
});

function statements(steps: readonly NextStep[]): readonly string[] {
  return steps.flatMap(({ servers, statements: all }) => all.map(({ text }) => `${servers.join('+')}: ${text}`));
}

test('a split brain names the end of each branch', () => {
  assert.deepEqual(statements(onlyLink(scenario('split-brain')).nextSteps), [
    "sql-prod-01: BACKUP LOG [Sales] TO DISK = N'<file>.trn';",
    "sql-prod-01: RESTORE VERIFYONLY FROM DISK = N'<file>.trn';",
    'sql-prod-01: ALTER AVAILABILITY GROUP [DAG_Sales] SET (ROLE = SECONDARY);',
    "mi-prod: BACKUP DATABASE [Sales] TO URL = N'https://<account>.blob.core.windows.net/<container>/<file>.bak' WITH COPY_ONLY;",
    "mi-prod: RESTORE VERIFYONLY FROM URL = N'https://<account>.blob.core.windows.net/<container>/<file>.bak';",
    'mi-prod: ALTER AVAILABILITY GROUP [DAG_Sales] SET (ROLE = SECONDARY);',
  ]);
});

test('a rotation names the endpoint, and drops nothing that is still in use', () => {
  assert.deepEqual(statements(onlyLink(scenario('certificate-expired')).nextSteps).slice(2), [
    'sql-prod-01: ALTER ENDPOINT [database_mirroring_endpoint] FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<new certificate>]);',
  ]);
});

test('suspension is lifted where the copy is, once per database', () => {
  assert.deepEqual(statements(onlyLink(scenario('suspended')).nextSteps), [
    'mi-prod: ALTER DATABASE [Sales] SET HADR RESUME;',
  ]);
  const many = onlyLink(reportOf({ servers: manyDatabases(3, 2) }));
  assert.deepEqual(statements(many.nextSteps), [
    'mi-prod: ALTER DATABASE [Sales_001] SET HADR RESUME;',
    'mi-prod: ALTER DATABASE [Sales_002] SET HADR RESUME;',
  ]);
});

test('an old connection error of a link that is connected is no error of it', () => {
  const old = { lastConnectErrorNumber: 35_206, lastConnectErrorTimestampSeconds: now - day };
  const link = onlyLink(
    reportOf({ servers: pair({ sql: { partner: { ...old, synchronizationHealth: 'NOT_HEALTHY' } } }) }),
  );
  assert.deepEqual(link.errors, []);
  assert.deepEqual(
    onlyLink(scenario('disconnected')).errors.map(({ number, server }) => [number, server]),
    [[35_206, 'sql-prod-01']],
  );
});

test('a server that is down says which, why, and what to look at', () => {
  const report = scenario('primary-unreachable');
  const server = report.servers.find(({ name }) => name === 'sql-prod-01');
  assert.deepEqual([server?.state, server?.failure?.reason, server?.nextSteps.length], ['failed', 'refused', 1]);
  assert.equal(onlyLink(report).ends.find(({ server: name }) => name === 'sql-prod-01')?.state, 'unreachable');
});

test('what makes the ends reconnect waits until an emergency is over, and is not held up without one', () => {
  const rc4 = { database_mirroring_endpoints: [mirroringEndpoint({ encryptionAlgorithm: 'RC4' })] };
  const first = (mi: DatabaseAtEnd): string =>
    onlyLink(reportOf({ servers: pair({ sqlViews: rc4, mi }) })).nextSteps.find(({ text }) =>
      /accept certificates/.test(text),
    )?.text ?? '';
  assert.match(first({ role: 'PRIMARY' }), /^Afterwards: Let the endpoint/);
  assert.match(first({}), /^Let the endpoint/);
});
