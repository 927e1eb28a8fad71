import { test } from 'node:test';
import { failureWithoutAnswer } from '../../../src/azure/failure.ts';
import { historyDocument } from '../../../src/check/history-json.ts';
import { checkDocument, linksDocument, serversDocument } from '../../../src/check/json.ts';
import { defaultObjectives } from '../../../src/history/facts/link.ts';
import { createHistory } from '../../../src/history/history.ts';
import { assessLinks } from '../../../src/link/assessor.ts';
import { atOnce } from '../../../src/steps/steps.ts';
import { reportOf, type Scenario, scenarios } from '../../check/scenarios.ts';
import { fc } from '../../fuzz/property.ts';
import { type AzureAnswers, azureState, named, readyInstance } from '../../link/azure-state.ts';
import { anyEstate, expectedOf, serversOf } from '../../link/estate.ts';
import { now } from '../../link/server-state.ts';
import { assertSchema } from './schema.ts';

const noOperation = {
  ...{ operation: null, friendlyName: null, state: null, progress: null, step: null },
  ...{ startTimestampSeconds: null, estimatedCompletionTimestampSeconds: null },
};

function assertAll(scenario: Scenario): void {
  const report = reportOf(scenario);
  assertSchema('check', checkDocument(report));
  assertSchema('links', linksDocument(report));
  assertSchema('servers', serversDocument(report));
  const history = createHistory({ objectives: defaultObjectives });
  const { servers, expected = [] } = scenario;
  history.alive(now);
  history.note('started', now);
  atOnce(history.look({ servers, links: assessLinks(servers, expected), nowSeconds: now + 1 }));
  history.alive(now + 60);
  const contents = { events: history.all(), levels: history.levels(now + 60), nowSeconds: now + 60 };
  assertSchema('history', historyDocument(contents, { links: [], server: null, limit: 5000 }));
}

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`what programs read of ${name} is as the schema says`, () => assertAll(scenario));
}

test('what programs read of Azure is as the schema says', () => {
  const item = (replicaState: string, changes: object = {}) =>
    named('link-mi-secondary-synchronizing', {
      databases: [{ databaseName: 'Sales', replicaState, seedingProgress: '12%', ...changes }],
    });
  const failure = { ...failureWithoutAnswer('forbidden', 'no'), action: 'a/read' };
  const operation = { ...noOperation, operation: 'UpsertManagedServer', state: 'InProgress', progress: 0.5 };
  const answers: readonly AzureAnswers[] = [
    { links: [] },
    { links: null },
    { links: null, failure },
    { links: [item('Seeding')], instance: readyInstance, operations: [operation] },
    { links: [item('LinkInitError', { mostRecentLinkError: '41976' })] },
    { links: [item('LinkSynchronizationError', { mostRecentLinkError: 'no number' })], ageSeconds: 700 },
  ];
  const { seeding, healthy } = scenarios;
  for (const scenario of [seeding, healthy, { servers: [] }]) {
    for (const each of answers) {
      const report = reportOf(scenario as Scenario, azureState(each));
      assertSchema('check', checkDocument(report));
      assertSchema('links', linksDocument(report));
    }
  }
});

test('what programs read of any estate is as the schema says', () => {
  fc.assert(
    fc.property(anyEstate, (estate) => assertAll({ servers: serversOf(estate), expected: expectedOf(estate) })),
    { numRuns: 60 },
  );
});
