import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson } from '../../src/check/json.ts';
import { buildReport } from '../../src/check/report/build.ts';
import type { CheckReport } from '../../src/check/report/report.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import type { AzureState } from '../../src/model/azure/state.ts';
import { screenLines } from '../../src/screen/screen.ts';
import { renderLine } from '../../src/terminal/line.ts';
import { azureState, secondary } from '../link/azure-state.ts';
import { now, sqlServer } from '../link/server-state.ts';

const failure = {
  reason: 'forbidden',
  message: 'no',
  status: 403,
  code: 'AuthorizationFailed',
  action: 'Microsoft.Sql/managedInstances/distributedAvailabilityGroups/read',
  requestId: 'r',
} as const;

function reportOf(azure: AzureState, servers: Parameters<typeof assessLinks>[0] = []): CheckReport {
  const links = assessLinks(servers, [], azure);
  return buildReport({
    servers: servers.map((state) => ({ state, port: 1433 })),
    links,
    nowSeconds: now,
    chosen: null,
    azure,
  });
}

const screenOf = (report: CheckReport): string =>
  screenLines(report, { width: 300 })
    .map((line) => renderLine(line, false))
    .join('\n');

test('links that nobody could read are not healthy links, and the right that is missing is told', () => {
  const report = reportOf(azureState({ links: null, failure }));
  assert.equal(report.severity, 'unknown');
  assert.match(
    screenOf(report),
    /links of mi-prod could not be read \(forbidden\): the right \S+groups\/read is missing/i,
  );
  assert.equal(JSON.parse(checkJson(report, { isPretty: false })).unread_in_azure[0].failure.action, failure.action);
});

test('where another witness shows the links of the instance nothing is hidden', () => {
  const alone = reportOf(azureState({ links: [secondary] }));
  assert.equal(alone.severity, 'healthy');
  const without = buildReport({
    servers: [{ state: sqlServer(), port: 1433 }],
    links: assessLinks([sqlServer()], []),
    nowSeconds: now,
    chosen: null,
  });
  assert.equal(reportOf(azureState({ links: null, failure }), [sqlServer()]).severity, without.severity);
});

test('the block of Azure is on the screen and in JSON', () => {
  const report = reportOf(azureState({ links: [secondary] }));
  assert.match(
    screenOf(report),
    /Azure \(production\) lists the instance as SECONDARY, and is the only one that shows this end, read 0 s ago/,
  );
  const { azure } = JSON.parse(checkJson(report, { isPretty: false })).links[0];
  assert.deepEqual(
    [azure.listing, azure.is_only_witness, azure.databases[0].replica_state],
    ['listed', true, 'LinkSynchronizing'],
  );
});
