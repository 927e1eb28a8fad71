import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LinkReport } from '../../src/check/report/report.ts';
import { type AzureAnswers, azureState, named } from '../link/azure-state.ts';
import { managedInstance, sqlServer } from '../link/server-state.ts';
import { pair } from './ends.ts';
import { reportOf, type Scenario, scenarios } from './scenarios.ts';

function inAzure(replicaState: string, seedingProgress?: unknown): AzureAnswers {
  const database = {
    databaseName: 'Sales',
    replicaState,
    ...(seedingProgress === undefined ? {} : { seedingProgress }),
  };
  return { links: [named('link-mi-secondary-synchronizing', { databases: [database] })] };
}

/** `stage texts` of the present stage, after the number of those that are done. */
function now(scenario: Scenario, azure: AzureAnswers): readonly string[] {
  const [link] = reportOf(scenario, azureState(azure)).links as readonly LinkReport[];
  return (link?.beginnings ?? []).flatMap(({ stages }) => {
    assert.equal(stages.filter(({ status }) => status === 'now').length, 1);
    const done = stages.filter(({ status }) => status === 'done').length;
    return stages.flatMap(({ stage, status, texts }) =>
      status === 'now' || texts.length > 0 ? [`${done} ${status} ${stage}: ${texts.join('; ')}`] : [],
    );
  });
}

const initializing = {
  servers: pair({
    mi: { ownCopy: { synchronizationState: 'INITIALIZING' } },
    sql: {
      partnerCopy: {
        synchronizationState: 'INITIALIZING',
        logSendQueueBytes: 2 * 1024 ** 2,
        redoQueueBytes: 0,
        lastHardenedLsn: null,
      },
    },
  }),
};
const { seeding, healthy } = scenarios;
const seedingScenario = seeding as Scenario;
const alone: Scenario = { servers: [] };

const cases: readonly (readonly [
  what: string,
  scenario: Scenario,
  azure: AzureAnswers,
  expected: readonly string[],
])[] = [
  [
    'servers and Azure seed',
    seedingScenario,
    inAzure('Seeding', '14%'),
    ['1 now seeding: at least 10 % by sql-prod-01; 14 % by Azure (Seeding)'],
  ],
  [
    'Azure is behind the servers',
    seedingScenario,
    inAzure('CreatingLink'),
    ['1 done creating: by Azure, which sees it here (CreatingLink)', '1 now seeding: at least 10 % by sql-prod-01'],
  ],
  [
    'Azure is before the servers',
    seedingScenario,
    inAzure('LinkSynchronizing'),
    [
      '1 now seeding: at least 10 % by sql-prod-01',
      '1 open synchronizing: by Azure, which sees it here (LinkSynchronizing)',
    ],
  ],
  [
    'Azure has an error of its own',
    seedingScenario,
    inAzure('LinkInitError'),
    ['1 now seeding: at least 10 % by sql-prod-01'],
  ],
  [
    'only Azure tells',
    alone,
    inAzure('LinkInitialSeeding', '80 %'),
    ['1 now seeding: 80 % by Azure (LinkInitialSeeding)'],
  ],
  ['only Azure tells of the catch-up', alone, inAzure('Catchup'), ['2 now catch_up: by Azure (Catchup)']],
  ['a progress that is none', alone, inAzure('Seeding', 'soon'), ['1 now seeding: by Azure (Seeding)']],
  [
    'the servers catch up',
    initializing,
    inAzure('Catchup'),
    ['2 now catch_up: 2.0 MiB to send, 0 B to apply by sql-prod-01; by Azure (Catchup)'],
  ],
  [
    'the servers are in step, Azure is behind',
    healthy as Scenario,
    inAzure('Seeding', '99%'),
    ['3 done seeding: 99 % by Azure, which sees it here (Seeding)', '3 now synchronizing: '],
  ],
  ['all are in step', healthy as Scenario, inAzure('LinkSynchronizing'), []],
  ['a state that nobody knows', healthy as Scenario, inAzure('Whatever'), []],
  ['Azure does not list it', seedingScenario, { links: [] }, []],
  ['Azure was not read', seedingScenario, { links: null }, []],
  ['seeding has failed', scenarios['seeding-failed'] as Scenario, inAzure('Seeding', '10%'), []],
];

describe('the story of a new link', () => {
  for (const [what, scenario, azure, expected] of cases) {
    test(what, () => assert.deepEqual(now(scenario, azure), expected));
  }

  test('a link without databases in Azure has no story, nor has one of ordinary servers', () => {
    const bare = { links: [named('link-multidb-created-without-databases')] };
    assert.deepEqual(now({ servers: [sqlServer(), managedInstance()] }, bare), []);
  });
});
