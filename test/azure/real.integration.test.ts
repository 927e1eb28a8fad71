import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AzureConfig } from '../../src/config/azure/azure.ts';
import { loadConfig } from '../../src/config/load.ts';
import { stageOf } from '../../src/model/azure/link.ts';
import type { AzureInstanceState } from '../../src/model/azure/state.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { azureConfig, readOnce } from './simulated.ts';

/** Names a configuration with a section `azure`: then the real Azure is read, and nothing is written there. */
const path = process.env.MILINK_TEST_AZURE_CONFIG;

async function realConfig(file: string): Promise<AzureConfig> {
  const { azure } = (await loadConfig(file)).config;
  assert.ok(azure, `${file} has no section azure`);
  return azure;
}

describe(`what Azure says (${path === undefined ? 'simulated' : 'real'})`, () => {
  let pair: Pair | null = null;
  let instances: readonly AzureInstanceState[] = [];
  before(async () => {
    pair = path === undefined ? await startPair({ scenario: 'healthy', azure: { behindMilliseconds: 0 } }) : null;
    const config = path === undefined ? azureConfig(pair as Pair) : await realConfig(path);
    instances = (await readOnce(config)).subscriptions.flatMap((subscription) => subscription.instances);
  });
  after(() => pair?.close());

  it('can be read, all of it', () => {
    assert.ok(instances.length > 0, 'no managed instance');
    for (const { name, ...state } of instances) {
      for (const key of [
        'instance',
        'links',
        'operations',
        'endpointCertificates',
        'serverTrustCertificates',
      ] as const) {
        assert.equal(state[key].failure, null, `${key} of ${name}`);
        assert.deepEqual(state[key].oddities, [], `${key} of ${name}`);
      }
    }
  });

  it('has states that are known here', () => {
    const databases = instances.flatMap(({ links }) => (links.value ?? []).flatMap((link) => link.databases));
    const unknown = databases.filter(({ replicaState }) => stageOf(replicaState) === 'other');
    assert.deepEqual(
      unknown.map(({ replicaState }) => replicaState),
      [],
    );
    for (const { instanceRole } of instances.flatMap(({ links }) => links.value ?? [])) {
      assert.ok(instanceRole === 'PRIMARY' || instanceRole === 'SECONDARY', String(instanceRole));
    }
  });

  it('has certificates that can be parsed', () => {
    for (const { endpointCertificates } of instances) {
      assert.ok(endpointCertificates.value?.every(({ expiryTimestampSeconds }) => expiryTimestampSeconds !== null));
    }
  });
});
