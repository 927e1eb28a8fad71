import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureWithoutAnswer } from '../../../src/azure/failure.ts';
import type { AzureState } from '../../../src/model/azure/state.ts';
import { azureState, named, readyInstance } from '../../link/azure-state.ts';
import { managedInstance, now, sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { startService } from '../service.ts';
import { rowsOf, textOf } from './pages.ts';

const read = azureState({ links: [named('link-mi-secondary-synchronizing')], instance: readyInstance, operations: [] });
const address = '/debug?subscription=production&managed_instance=mi-prod';

/** The same, with certificates that could not be read. */
function broken(): AzureState {
  const failure = {
    ...failureWithoutAnswer('forbidden', '<no>'),
    status: 403,
    code: 'AuthorizationFailed',
    requestId: 'r-1',
  };
  return {
    subscriptions: read.subscriptions.map((subscription) => ({
      ...subscription,
      instances: subscription.instances.map((each) => ({
        ...each,
        serverTrustCertificates: {
          ...each.serverTrustCertificates,
          failure,
          lastPollTimestampSeconds: now,
          polls: { forbidden: 2 },
        },
        links: { ...each.links, oddities: ['a link without a name'] },
      })),
    })),
  };
}

const pollNothing = (): Promise<null> => Promise.resolve(null);

test('the page of the servers leads to what was read of Azure, and that page shows it', async (context) => {
  const state = { ...stateOf([sqlServer(), managedInstance()]), azure: broken() };
  const service = await startService(context, { state, pollNow: pollNothing });
  const servers = await (await fetch(`${service.url}/servers`)).text();
  assert.ok(servers.includes(`href="${address.replace('&', '&#38;')}"`), servers);
  assert.ok(rowsOf(servers).some((row) => row.join(' ').startsWith('mi-prod production Ready 1')));
  const response = await fetch(service.url + address);
  assert.equal(response.status, 200);
  const page = textOf(await response.text());
  assert.match(page, /Debug: mi-prod in Azure/);
  assert.match(page, /LinkSynchronizing/);
  assert.match(page, /forbidden 403 AuthorizationFailed: <no> \(request r-1\)/);
  assert.match(page, /forbidden 2 times/);
  assert.match(page, /Not taken: a link without a name/);
  assert.match(page, /endpoint_certificates It was not read yet/);
});

test('nothing is asked of Azure, and an instance that is not read is not found', async (context) => {
  const polled: string[] = [];
  const pollNow = async (name: string): Promise<null> => {
    polled.push(name);
    return null;
  };
  const state = { ...stateOf([sqlServer()]), azure: read };
  const service = await startService(context, { state, pollNow });
  assert.equal((await fetch(service.url + address, { method: 'POST' })).status, 200);
  assert.deepEqual(polled, []);
  const other = await fetch(`${service.url}/debug?subscription=other&managed_instance=mi-prod`);
  assert.equal(other.status, 404);
  assert.match(textOf(await other.text()), /No managed instance mi-prod of the subscription other is read in Azure/);
});

test('without Azure nothing is said of it', async (context) => {
  const service = await startService(context, { state: stateOf([sqlServer()]) });
  assert.doesNotMatch(
    await (await fetch(`${service.url}/servers`)).text(),
    /<h2>Azure|Azure Resource Manager|managed_instance=/,
  );
});
