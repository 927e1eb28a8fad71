/** The simulated servers of the soak: a process of its own, which does what it is told over the channel of its parent. */

import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { EndFaults } from '../../src/simulator/pair-end.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import type { EndName } from '../../src/simulator/world/topology.ts';

export interface StartedPair {
  readonly managedInstance: string;
  readonly certificateAuthority: string;
  readonly ports: Readonly<Record<EndName, number>>;
}

export type Order =
  | { readonly what: 'start'; readonly pairs: number; readonly password: string }
  | { readonly what: 'count' }
  | { readonly what: 'scenario'; readonly pair: number; readonly scenario: Scenario }
  | { readonly what: 'faults'; readonly pair: number; readonly end: EndName; readonly faults: EndFaults }
  | { readonly what: 'cut' | 'stop' | 'listen'; readonly pair: number; readonly end: EndName };

const databases = 3;
const pairs: Pair[] = [];

async function obey(order: Order): Promise<unknown> {
  switch (order.what) {
    case 'start':
      return begin(order.pairs, order.password);
    case 'count':
      return pairs.reduce((sum, pair) => sum + pair.sqlServer.counts().connections + countOf(pair), 0);
    case 'scenario':
      return pairs[order.pair]?.setScenario(order.scenario);
    case 'faults':
      return endOf(order)?.setFaults(order.faults);
    case 'cut':
      return endOf(order)?.restart();
    case 'stop':
      return endOf(order)?.stop();
    case 'listen':
      return endOf(order)?.start();
  }
}

const countOf = ({ managedInstance }: Pair): number => managedInstance.counts().connections;
const endOf = ({ pair, end }: { readonly pair: number; readonly end: EndName }) => pairs[pair]?.[end];

async function begin(count: number, password: string): Promise<readonly StartedPair[]> {
  for (let index = 0; index < count; index += 1) {
    const managedInstanceName = `mi-${index}`;
    const accounts = [{ name: 'milink', password }];
    pairs.push(
      await startPair({ scenario: 'healthy', managedInstanceName, seed: managedInstanceName, accounts, databases }),
    );
  }
  return pairs.map(({ certificateAuthority, sqlServer, managedInstance }, index) => ({
    managedInstance: `mi-${index}`,
    certificateAuthority,
    ports: { sqlServer: sqlServer.port, managedInstance: managedInstance.port },
  }));
}

process.on('message', ({ id, order }: { readonly id: number; readonly order: Order }) => {
  void obey(order).then(
    (answer) => process.send?.({ id, answer: answer ?? null }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
