import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { writeSimulatorConfig } from '../../src/cli/simulate/config-file.ts';
import { type Pair, type PairOptions, startPair } from '../../src/simulator/pair.ts';

/** Found nowhere else, so that a search for it proves something. */
export const password = 'Pa55-which-nothing-may-hold';

/** A pair in this process, and the configuration for it in a folder of its own. */
export interface SimulatedLinks {
  readonly pair: Pair;
  readonly folder: string;
  /** `--config.file=...`. */
  readonly configFlag: string;
}

/** Starts a pair and writes its configuration; both end with the test. */
export async function simulatedLinks(context: TestContext, options: PairOptions = {}): Promise<SimulatedLinks> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-check-'));
  context.after(() => rm(folder, { recursive: true }));
  const pair = await startPair({ scenario: 'healthy', accounts: [{ name: 'milink', password }], ...options });
  context.after(() => pair.close());
  const path = join(folder, 'links.yaml');
  const values = new Map([['simulator.config-file', [path]]]);
  await writeSimulatorConfig(values, pair, { login: { username: 'milink', password }, environment: {} });
  return { pair, folder, configFlag: `--config.file=${path}` };
}
