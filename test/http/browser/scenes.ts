import type { TestContext } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { type Harness, isDown, managedInstanceName, sqlServerName, startHarness } from '../../integration/harness.ts';

/** What a person may find on the pages, by name: scenarios of the simulated pair, and a server that is down. */
export const sceneNames = [
  'healthy',
  'seeding',
  'seeding-failed',
  'split-brain',
  'disconnected',
  'suspended',
  'no-primary',
  'certificate-expiring',
  'vanished',
  'server-down',
] as const;

export type SceneName = (typeof sceneNames)[number];

/** The exporter on a living pair that can be put into each scene, one after another. */
export interface Stage {
  readonly harness: Harness;
  readonly url: string;
  /** Resolves when the exporter has seen the scene. */
  readonly set: (scene: SceneName) => Promise<void>;
}

/** `pollIntervalSeconds`: what is not about polls that come by themselves is polled when its scene is set, and hardly else. */
export async function startStage(context: TestContext, pollIntervalSeconds = 15): Promise<Stage> {
  const harness = await startHarness(context, { pair: { clock: Date.now }, pollIntervalSeconds });
  const { pair, exporter } = harness;
  const set = async (scene: SceneName): Promise<void> => {
    if (scene === 'server-down') {
      pair.setScenario('healthy');
      await pair.sqlServer.stop();
    } else pair.setScenario(scene satisfies Scenario);
    await Promise.all([sqlServerName, managedInstanceName].map(exporter.pollNow));
    if (scene === 'server-down') await harness.until('the server is down', isDown(sqlServerName));
  };
  return { harness, url: `http://127.0.0.1:${harness.exporter.addresses[0]?.port}`, set };
}

/** An exporter on so many links, of which the first is in split brain and the next are healthy. */
export async function startCrowd(context: TestContext, links: number): Promise<{ url: string; linkUrl: string }> {
  const pair = { clock: Date.now, links, scenario: 'split-brain', affectedLinks: 1, databases: 2 } as const;
  const harness = await startHarness(context, { pair, pollIntervalSeconds: 15 });
  // One end shows every link: the other may not have been polled yet.
  await harness.until(
    'both ends of every link',
    (state) => state.links.length === links && state.links.every(({ endsObserved }) => endsObserved === 2),
  );
  const url = `http://127.0.0.1:${harness.exporter.addresses[0]?.port}`;
  const [link] = harness.exporter.readState().links;
  const query = new URLSearchParams({ name: link?.name ?? '', managed_instance: link?.managedInstance ?? '' });
  return { url, linkUrl: `${url}/link?${query}` };
}
