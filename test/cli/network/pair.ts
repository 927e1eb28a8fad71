import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { namePrefix } from '../../../src/network/job.ts';
import type { PairOptions } from '../../../src/simulator/pair.ts';
import type { End } from '../../../src/simulator/pair-end.ts';
import { type FakeTerminal, runHere } from '../fake-terminal.ts';
import type { Finished } from '../process.ts';
import { password, type SimulatedLinks, simulatedLinks } from '../simulated-links.ts';

/** Steps that take no time, so that nothing is waited for. */
export const atOnce = { answeredMilliseconds: 0, refusedMilliseconds: 0, silentMilliseconds: 0 };

/** The login that polls, and the one that may make jobs: the names that the simulator's configuration has. */
export const accounts: NonNullable<PairOptions['accounts']> = [
  { name: 'milink', password },
  { name: 'milink-admin', password, permissions: ['CONTROL SERVER'] },
];

/** What a server holds that a test made: names of jobs, endpoints and certificates. */
export function madeOn(end: End): readonly string[] {
  return ['sysjobs', 'endpoints', 'certificates'].flatMap((table) =>
    [...end.instance.rows(table)].map(({ name }) => String(name)).filter((name) => name.startsWith(namePrefix)),
  );
}

interface Result {
  readonly place: string;
  readonly host: string;
  readonly port: number;
  readonly result: string;
  readonly address: string | null;
}

export interface Document {
  readonly verdict: string;
  readonly directions: readonly {
    readonly direction: string;
    readonly obstacle: string | null;
    readonly said: string;
    readonly host_lines: readonly string[];
    readonly results: readonly Result[];
    readonly causes: readonly string[];
  }[];
  readonly removed: readonly string[];
  readonly not_removed: readonly { readonly statement: string }[];
}

export const servers = ['--sql-server=sql-prod-01', '--managed-instance=mi-prod'];

export function linksOf(context: TestContext, options: PairOptions = {}): Promise<SimulatedLinks> {
  return simulatedLinks(context, { accounts, probeDurations: atOnce, ...options });
}

export function run(
  links: Pick<SimulatedLinks, 'configFlag'>,
  flags: readonly string[] = [],
  terminal: FakeTerminal = {},
): Promise<Finished> {
  return runHere(['test-network', links.configFlag, ...servers, ...flags], terminal);
}

export async function tested(
  links: SimulatedLinks,
  ...flags: readonly string[]
): Promise<{ readonly code: number | null; readonly document: Document }> {
  const { code, out, error } = await run(links, ['--yes', '--json', ...flags]);
  assert.ok(!`${out}${error}`.includes(password));
  assert.deepEqual([...madeOn(links.pair.sqlServer), ...madeOn(links.pair.managedInstance)], []);
  return { code, document: JSON.parse(out) as Document };
}

/** `place result` of each place, and `direction obstacle` where one could not be tested. */
export function told({ directions }: Document): readonly string[] {
  return directions.flatMap(({ direction, obstacle, results }) => [
    ...results.map(({ place, result }) => `${place} ${result}`),
    ...(obstacle === null ? [] : [`${direction} ${obstacle}`]),
  ]);
}
