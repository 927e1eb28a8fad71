import { tables } from '../../../src/simulator/catalog/index.ts';
import type { Table } from '../../../src/simulator/catalog/table.ts';
import type { Row } from '../../../src/simulator/row.ts';
import { type Scenario, type WorldOptions, worldAt } from '../../../src/simulator/scenario/index.ts';
import { pairTopology, type TopologyOptions } from '../../../src/simulator/world/pair-topology.ts';
import { rowsOf } from '../../../src/simulator/world/rows/index.ts';
import type { World } from '../../../src/simulator/world/state.ts';
import type { EndName } from '../../../src/simulator/world/topology.ts';

/** When the simulated pairs of these tests start. */
export const startMilliseconds = Date.UTC(2026, 10, 21, 10, 0, 0);

export interface SimulatedAt {
  readonly seconds?: number;
  readonly speed?: number;
  readonly topology?: Omit<TopologyOptions, 'startMilliseconds'>;
  readonly options?: WorldOptions;
}

/** The world of a scenario so many seconds after it started. */
export function simulate(scenario: Scenario, at: SimulatedAt = {}): World {
  const topology = pairTopology({ startMilliseconds, ...at.topology });
  const nowMilliseconds = startMilliseconds + (at.seconds ?? 60) * 1000;
  const moment = { scenario, startedAtMilliseconds: startMilliseconds, nowMilliseconds, speed: at.speed ?? 1 };
  return worldAt(topology, moment, at.options);
}

/** The rows of a view with every column of the catalogue, NULL where the row leaves it out. */
export function read(world: World, end: EndName, view: string): readonly Row[] {
  const { columns } = tableNamed(view);
  return rowsOf(world, end, view).map((row) =>
    Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])),
  );
}

export function tableNamed(view: string): Table {
  const table = tables.find(({ name }) => name === view);
  if (table === undefined) {
    throw new Error(`no view ${view} in the catalogue`);
  }
  return table;
}

/** Some columns of each row. */
export function pick(rows: readonly Row[], ...columns: readonly string[]): readonly (readonly unknown[])[] {
  return rows.map((row) => columns.map((column) => row[column]));
}

/** The rows of the first link's distributed group. */
export function ofDistributedGroup(world: World, end: EndName, view: string): readonly Row[] {
  const groupId = world.topology.links[0]?.groupIds[end];
  return read(world, end, view).filter((row) => row.group_id === groupId);
}
