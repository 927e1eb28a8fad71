import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { comes } from '../daemons/comes.ts';
import { startChain } from './chain.ts';

/** A minute of the shipped files takes two seconds here. */
const factor = 30;
const patienceSeconds = 120;
/** Twice group_interval and the time after which Alertmanager takes for over what is not sent again. */
const settledMilliseconds = (14 * 60_000) / factor;

test('Prometheus and Alertmanager start again while a link is not healthy: no all-clear, and no second page', async (context) => {
  const scope = new AsyncDisposableStack();
  context.after(() => scope.disposeAsync());
  const managedInstance = 'mi-stuck';
  const chain = await startChain(scope, { managedInstances: [managedInstance], pollIntervalSeconds: 1, factor });
  const pages = (wanted: 'firing' | 'resolved') =>
    chain.webhook.notifications
      .filter(({ receiver }) => receiver === 'on-call')
      .flatMap(({ alerts }) => alerts.filter(({ status }) => status === wanted))
      .filter(({ labels }) => labels.alertname === 'MilinkDatabaseNotHealthy').length;
  const isTold = async ({ prometheus }: Pick<typeof chain, 'prometheus'>): Promise<boolean> =>
    (await prometheus.alerts()).some(
      ({ labels, state }) => labels.alertname === 'MilinkDatabaseNotHealthy' && state === 'firing',
    );
  chain.pairs.get(managedInstance)?.setScenario('not-healthy');
  await chain.webhook.until('the page', () => pages('firing') > 0, patienceSeconds);

  const again = await chain.restart();
  await comes('the alert after the restart', () => isTold(again), patienceSeconds);
  await pause(settledMilliseconds);
  assert.deepEqual({ firing: pages('firing'), resolved: pages('resolved') }, { firing: 1, resolved: 0 });

  chain.pairs.get(managedInstance)?.setScenario('healthy');
  await chain.webhook.until('the all-clear', () => pages('resolved') > 0, patienceSeconds);
  assert.equal(pages('firing'), 1);
});
