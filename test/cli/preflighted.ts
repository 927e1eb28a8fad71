import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { PairOptions } from '../../src/simulator/pair.ts';
import { runHere } from './fake-terminal.ts';
import { password, type SimulatedLinks, simulatedLinks } from './simulated-links.ts';

interface Outcome {
  readonly condition: string;
  readonly level: string;
  readonly status: string;
  readonly subject: string;
  readonly text: string;
  readonly missing_right: string | null;
  readonly statement: { readonly server: string; readonly text: string } | null;
}

export interface Asked {
  readonly code: number;
  readonly verdict: string;
  readonly outcomes: readonly Outcome[];
}

export const servers = ['--sql-server=sql-prod-01', '--managed-instance=mi-prod'];
/** Everything that the questions need. */
export const administrator = { name: 'milink', password, permissions: ['CONTROL SERVER'] };

export async function preflight(
  links: Pick<SimulatedLinks, 'configFlag'>,
  ...flags: readonly string[]
): Promise<Asked> {
  const { code, out, error } = await runHere(['preflight', links.configFlag, ...servers, '--json', ...flags]);
  assert.equal(error, '');
  assert.ok(!out.includes(password));
  const { verdict, outcomes, exit_code } = JSON.parse(out) as Asked & { exit_code: number };
  assert.equal(code, exit_code);
  return { code, verdict, outcomes };
}

export const create = ['--for=create', '--database=Sales'];

/** What was found wrong, as `condition status`. */
export function notPassed(asked: Asked): readonly string[] {
  return [
    ...new Set(
      asked.outcomes
        .filter(({ status }) => status !== 'passed')
        .map(({ condition, status }) => `${condition} ${status}`),
    ),
  ];
}

export async function started(context: TestContext, options: PairOptions): Promise<SimulatedLinks> {
  return simulatedLinks(context, { accounts: [administrator], ...options });
}
