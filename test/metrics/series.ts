import { assessLinks } from '../../src/link/assessor.ts';
import { expose } from '../../src/metrics/exposition.ts';
import type { Family, State } from '../../src/metrics/family.ts';
import { stateFamilies } from '../../src/metrics/page.ts';
import type { AzureState } from '../../src/model/azure/state.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';

/** The state that these servers make, with the links that their answers show. */
export function stateOf(
  servers: readonly ServerState[],
  expected: readonly ExpectedLink[] = [],
  azure: AzureState | null = null,
): State {
  return { servers, links: assessLinks(servers, expected, azure), ...(azure === null ? {} : { azure }) };
}

/** The series of some families as lines of the text format, without metadata; those of one family when `name` is given. */
export function seriesOf(families: readonly Family[], state: State, name?: string): readonly string[] {
  const chosen = families.filter((family) => name === undefined || family.name === name);
  if (chosen.length === 0) throw new Error(`there is no family ${name}`);
  return expose(stateFamilies(chosen, state), 'text')
    .text.split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}
