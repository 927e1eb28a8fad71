import { type Scenario, scenarioNames } from '../../src/simulator/scenario/index.ts';
import type { Clients } from './clients.ts';
import type { ConfigurationKind } from './configuration.ts';
import type { Order } from './servers.ts';

/** What a minute of the soak does things with. */
export interface Surroundings {
  readonly order: (order: Order) => Promise<unknown>;
  readonly clients: Clients;
  /** Writes the file; the exporter is not told. */
  readonly configure: (kind: ConfigurationKind) => Promise<unknown>;
  /** Has the exporter load it by a signal. */
  readonly signal: () => void;
}

/** Each pair has its own kind of trouble: one changes its state, the others are cut, stopped, slow and without a right. */
const [changing, cut, slow] = [0, 1, 2];
export const pairCount = 3;

/** Those with which no server is lost longer than the minute. */
const scenarios: readonly Scenario[] = scenarioNames.filter((name) => name !== 'healthy');

/**
 * The steps of a minute, in order. Every minute does the same, but for the scenario and which end is stopped: so the minutes
 * can be compared, and at the end of each all is in order again.
 */
export function stepsOf(minute: number, around: Surroundings): readonly (() => Promise<unknown>)[] {
  const { order, clients, configure, signal } = around;
  const end = minute % 2 === 0 ? 'sqlServer' : 'managedInstance';
  const other = minute % 2 === 0 ? 'managedInstance' : 'sqlServer';
  const scenario = scenarios[minute % scenarios.length] ?? 'tour';
  const faultsOf = (pair: number, faults: Extract<Order, { what: 'faults' }>['faults']): Promise<unknown> =>
    order({ what: 'faults', pair, end: other, faults });
  const isReloaded = async (status: number): Promise<void> => {
    const answered = await clients.post('/-/reload');
    if (answered !== status) clients.unexpected.push(`/-/reload: ${answered} in place of ${status}`);
  };
  return [
    () => order({ what: 'scenario', pair: changing, scenario }),
    () => order({ what: 'cut', pair: cut, end }),
    () => order({ what: 'stop', pair: cut, end }),
    async () => {
      await faultsOf(slow, { slowMilliseconds: { dm_hadr_database_replica_states: 1500 } });
      await configure('other');
      await isReloaded(200);
    },
    () => order({ what: 'listen', pair: cut, end }),
    async () => {
      await faultsOf(slow, { permissions: [] });
      await faultsOf(changing, { wire: { kind: 'reset_in_row' } });
    },
    async () => {
      await configure('wrong');
      await isReloaded(500);
      await faultsOf(changing, {});
    },
    async () => {
      await configure('ordinary');
      signal();
      await faultsOf(slow, { hanging: ['dm_hadr_physical_seeding_stats'] });
    },
    () => faultsOf(slow, {}),
    () => order({ what: 'scenario', pair: changing, scenario: 'healthy' }),
    () => clients.leaveEarly(),
    () => order({ what: 'cut', pair: slow, end }),
  ];
}
