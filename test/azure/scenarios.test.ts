import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { azureConfig, readOnce } from './simulated.ts';

/** Each error of Microsoft's page, with the scenario that shows it in Azure. */
const errors: readonly (readonly [Scenario, string, number])[] = [
  ['seeding-refused', 'LinkInitError', 41962],
  ['certificate-not-uploaded', 'LinkInitError', 41973],
  ['certificate-not-imported', 'LinkInitError', 41974],
  ['address-without-server', 'LinkInitError', 41976],
  ['seeding-failed', 'LinkCreationError', 41977],
  ['creation-failed', 'LinkInitError', 41986],
  ['request-not-received', 'LinkInitError', 47521],
];

/** Other states that a link or an instance has in Azure, with the kind of finding that tells them. */
const others: readonly (readonly [Scenario, string])[] = [
  ['healthy', 'azure_only'],
  ['seeding', 'azure_link_starting'],
  ['disconnected', 'azure_link_error'],
  ['no-primary', 'azure_failover_in_progress'],
  ['instance-stopped', 'azure_instance_not_ready'],
  ['instance-updating', 'azure_operation_in_progress'],
];

describe('what Azure shows of each scenario', () => {
  let pair: Pair;
  before(async () => {
    pair = await startPair({ scenario: 'healthy', azure: { behindMilliseconds: 0 } });
  });
  after(() => pair.close());

  async function findingsIn(scenario: Scenario): Promise<readonly { readonly code: string; readonly text: string }[]> {
    pair.setScenario(scenario);
    const [link] = assessLinks([], [], await readOnce(azureConfig(pair)));
    return link?.findings ?? [];
  }

  for (const [scenario, state, number] of errors) {
    it(`${scenario}: ${state} with error ${number}, named`, async () => {
      const error = (await findingsIn(scenario)).find(({ code }) => code === 'azure_link_error');
      assert.match(error?.text ?? '', new RegExp(`${state}, most recent error ${number} \\(\\w+\\): \\w`));
    });
  }

  for (const [scenario, code] of others) {
    it(`${scenario}: ${code}`, async () => {
      const codes = (await findingsIn(scenario)).map((each) => each.code);
      assert.ok(codes.includes(code), codes.join(' '));
    });
  }

  it('split-brain: the instance is primary there too, and a link that vanished is not listed', async () => {
    pair.setScenario('split-brain');
    const split = await readOnce(azureConfig(pair));
    assert.equal(split.subscriptions[0]?.instances[0]?.links.value?.[0]?.instanceRole, 'PRIMARY');
    pair.setScenario('vanished');
    const expected = [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: [] }];
    const [gone] = assessLinks([], expected, await readOnce(azureConfig(pair)));
    assert.equal(gone?.verdict, 'missing');
  });
});
