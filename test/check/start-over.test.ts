import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedingStalled } from '../../src/check/advice/database.ts';
import { startsOver } from '../../src/check/advice/withheld.ts';
import { buildReport } from '../../src/check/report/build.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import { describeError } from '../../src/model/errors/catalogue.ts';
import { suspendReasons } from '../../src/model/suspend-reason.ts';
import { azureState, named } from '../link/azure-state.ts';
import { type CopyState, type Estate, expectedOf, serversOf } from '../link/estate.ts';
import type { Fault } from '../link/estate-faults.ts';
import { now } from '../link/server-state.ts';
import { reportOf } from './scenarios.ts';

function stepsOf(databases: readonly CopyState[], isConnected: boolean, faults: readonly Fault[] = []) {
  return (['sql_server', 'managed_instance'] as const).map((primary) => {
    const estate: Estate = {
      primary,
      databases,
      isConnected,
      isSplit: false,
      stoppedEndpoint: null,
      noise: [],
      faults,
    };
    return reportOf({ servers: serversOf(estate), expected: expectedOf(estate) }).links[0]?.nextSteps ?? [];
  });
}

/** In words, so that a text which nobody has listed is found too. */
function isStartingOver({ text }: { readonly text: string }): boolean {
  return /\b(?:delete|drop|recreate)\b[^.]*\blink\b/i.test(
    text.replace(/where the link has no other database[^.]*/g, ''),
  );
}

test('a link that protects a database is never to be deleted for another one, whichever end is primary', () => {
  for (const other of ['failed', 'suspended', 'stopped', 'absent', 'suspect', 'reverting'] as const)
    for (const steps of [...stepsOf(['moving', other], true), ...stepsOf(['moving', other], false)]) {
      assert.deepEqual(steps.filter(isStartingOver), [], other);
    }
});

test('what is about one database gives up that one, not the link and the copies of the others', () => {
  const texts = [
    ...suspendReasons.flatMap(({ whatToDo }) => whatToDo),
    ...seedingStalled.map(({ text }) => text),
    ...(describeError(9002)?.whatToDo ?? []),
  ];
  assert.deepEqual(
    texts.filter((text) => isStartingOver({ text })),
    [],
  );
  assert.ok(texts.filter((text) => text.includes('where the link has no other database')).length >= 3);
});

test('one whose only first copy has failed is made anew', () => {
  for (const steps of stepsOf(['failed'], true)) assert.equal(steps.filter(startsOver).length, 1);
});

test('of a link that stands, the database whose copy failed is added again', () => {
  for (const steps of stepsOf(['moving', 'failed'], true))
    assert.ok(steps.some(({ text }) => text.startsWith('Leave the link and its other databases as they are.')));
});

/** With Azure, which shows an error of the link for long. */
function stepsBesideAzure(databases: readonly CopyState[], error: string) {
  const estate: Estate = {
    primary: 'sql_server',
    databases,
    isConnected: false,
    isSplit: false,
    stoppedEndpoint: null,
    noise: [],
    faults: [],
  };
  const servers = serversOf(estate);
  const item = named('link-disconnected-beside-healthy');
  const [first] = (item.properties as { databases: object[] }).databases;
  const shown = databases.map((_, index) => ({ ...first, databaseName: `D${index}`, mostRecentLinkError: error }));
  const azure = azureState({
    links: [named('link-disconnected-beside-healthy', { databases: shown })],
    ageSeconds: 900,
  });
  const [link] = buildReport({
    servers: servers.map((state) => ({ state, port: 1433 })),
    links: assessLinks(servers, [], azure),
    nowSeconds: now,
    chosen: null,
    azure,
  }).links;
  assert.ok(link);
  assert.ok(link.findings.some(({ code }) => code === 'azure_link_error'));
  return link.nextSteps;
}

test('what Azure says of a lost connection is no reason to make the link anew, and Azure is nowhere to run a statement', () => {
  const steps = stepsBesideAzure(['moving', 'stopped'], '41976');
  assert.deepEqual(steps.filter(startsOver), []);
  assert.deepEqual(
    steps.flatMap(({ servers }) => servers).filter((server) => !['sql-prod-01', 'mi-prod'].includes(server)),
    [],
  );
});

test('what Azure says of a link that never came about stands before the way is tried, and the link is made anew last', () => {
  const steps = stepsBesideAzure(['failed'], '41973').map(({ text }) => text);
  const [upload, network, again] = [/^Upload the whole certificate/, /^Test TCP from each end/, /create it again/].map(
    (pattern) => steps.findIndex((text) => pattern.test(text)),
  );
  assert.deepEqual(
    [upload, network, again].toSorted((a = 0, b = 0) => a - b),
    [upload, network, again],
    steps.join('\n'),
  );
  assert.ok((upload ?? -1) >= 0);
});

test('what Azure says of a connection asks for no endpoint that was read and is started', () => {
  const steps = stepsBesideAzure(['failed'], '41986').map(({ text }) => text);
  assert.ok(steps.some((text) => /Open what is closed in the firewall/.test(text)));
  assert.deepEqual(
    steps.filter((text) => /SQL Server's endpoint/.test(text)),
    [],
  );
});

test('nothing is to be made anew while nobody sees the primary', () => {
  for (const steps of [...stepsOf(['moving'], true, ['primary lost']), ...stepsOf(['failed'], true, ['primary lost'])])
    assert.deepEqual(steps.filter(startsOver), []);
});
