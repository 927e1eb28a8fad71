import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import type { State } from '../../src/metrics/family.ts';
import type { AzureInstanceState } from '../../src/model/azure/state.ts';
import { areAllUp, startHarness } from './harness.ts';

const quick = { linksSeconds: 0.2, instancesSeconds: 0.2, certificatesSeconds: 0.2 };

function quicker(config: Config): Config {
  return config.azure === undefined ? config : { ...config, azure: { ...config.azure, intervals: quick } };
}

const links = (state: State): AzureInstanceState['links'] | undefined =>
  state.azure?.subscriptions[0]?.instances[0]?.links;
const isRead = (state: State): boolean => links(state)?.failure === null && links(state)?.value !== null;
const failsBy =
  (reason: string) =>
  (state: State): boolean =>
    links(state)?.failure?.reason === reason;

const up = 'milink_azure_up{subscription="demo",managed_instance="mi-prod",resource="links"}';
const state =
  'milink_azure_database_replica_state{link="DAG_Sales",managed_instance="mi-prod",database="Sales",state="LinkSynchronizing"}';

test('/metrics shows Azure beside the servers, nothing old of it while it fails, and the servers all the while', async (context) => {
  const harness = await startHarness(context, { pair: { azure: { behindMilliseconds: 0 } }, configure: quicker });
  await harness.until('Azure read and both servers polled', (now) => isRead(now) && areAllUp(now));
  const good = await harness.scrape();
  assert.ok(good.includes(`${up} 1`) && good.includes(`${state} 1`));

  for (const [fault, reason] of [
    [{ kind: 'status', status: 403 }, 'forbidden'],
    [{ kind: 'page-of-a-proxy', status: 503 }, 'unavailable'],
    [{ kind: 'reset' }, 'network'],
  ] as const) {
    harness.pair.azure?.setFault(fault);
    await harness.until(`the links fail by ${reason}`, failsBy(reason));
    const polls = harness.server('sql-prod-01').polls;
    const bad = await harness.scrape();
    assert.ok(bad.includes(`${up} 0`) && bad.includes(`resource="links",reason="${reason}"} 1`), reason);
    assert.ok(!bad.includes('milink_azure_database_'), `something old is shown: ${reason}`);
    assert.ok(bad.includes('milink_up{server="sql-prod-01"} 1'));
    await harness.until('the server is polled on', () => harness.server('sql-prod-01').polls > polls);
    harness.pair.azure?.setFault(null);
    await harness.until('Azure can be read again', isRead);
  }
  assert.ok((await harness.scrape()).includes(`${state} 1`));
  const told = harness.log.filter(({ msg }) => msg === 'Azure cannot be read').map(({ reason }) => reason);
  assert.deepEqual([...new Set(told)], ['forbidden', 'unavailable', 'network']);
  assert.doesNotMatch(JSON.stringify(harness.log), /eyJ|milink-demo/);
});
