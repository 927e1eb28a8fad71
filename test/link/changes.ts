import type { Estate } from '../../src/link/assessor.ts';
import type { AzureState } from '../../src/model/azure/state.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { fc } from '../fuzz/property.ts';
import { anyExpected, anyServers } from './arbitrary.ts';
import { azureState, primary, secondary } from './azure-state.ts';
import { anyEstate, expectedOf, serversOf } from './estate.ts';
import { failedServer, pendingServer } from './server-state.ts';

/** What becomes of a server that was there before: it was not polled, or it answered the same, or otherwise, or it did not. */
const fates = [
  'as before',
  'as before',
  'the same again',
  'another answer',
  'failed',
  'not polled yet',
  'removed',
] as const;
type Fate = (typeof fates)[number];

/** What an estate comes to next. Servers that it does not name are removed, those that were not there before are new. */
interface Change {
  readonly servers: readonly ServerState[];
  /** Null: the configuration is the same object as before. */
  readonly expected: Estate['expected'] | null;
  /** `undefined`: nothing was read since. */
  readonly azure: AzureState | null | undefined;
  readonly fates: readonly Fate[];
}

const anyAzure: fc.Arbitrary<AzureState | null | undefined> = fc.constantFrom(
  undefined,
  undefined,
  null,
  azureState({ links: [] }),
  azureState({ links: null }),
  azureState({ links: [primary] }),
  azureState({ links: [secondary], ageSeconds: 600 }),
);

const anyChange: fc.Arbitrary<Change> = fc
  .record({
    drawn: fc.oneof(
      fc.tuple(anyServers, anyExpected),
      anyEstate.map((estate) => [serversOf(estate), expectedOf(estate)] as const),
    ),
    keepsConfiguration: fc.boolean(),
    azure: anyAzure,
    fates: fc.array(fc.constantFrom(...fates), { minLength: 6, maxLength: 6 }),
  })
  .map(({ drawn: [servers, expected], keepsConfiguration, ...others }) => ({
    servers,
    expected: keepsConfiguration ? null : expected,
    ...others,
  }));

function after(former: ServerState | undefined, next: ServerState, fate: Fate | undefined): readonly ServerState[] {
  if (former === undefined) return [next];
  const { name, host, history } = former;
  switch (fate) {
    case 'as before':
      return [former];
    case 'the same again':
      return [structuredClone(former)];
    case 'failed':
      return [failedServer(name, { host, history })];
    case 'not polled yet':
      return [pendingServer(name, { host })];
    case 'removed':
      return [];
    default:
      return [next];
  }
}

function changed({ servers: formers, expected, azure }: Estate, change: Change): Estate {
  const byName = new Map(formers.map((server) => [server.name, server]));
  return {
    servers: change.servers.flatMap((next, index) => after(byName.get(next.name), next, change.fates[index])),
    expected: change.expected ?? expected,
    azure: change.azure === undefined ? azure : change.azure,
  };
}

const nothing: Estate = { servers: [], expected: [], azure: null };

/**
 * Estates that follow each other as polls, reloads and readings of Azure make them: what has not changed is the same object as
 * before.
 */
export const anyCourse: fc.Arbitrary<readonly Estate[]> = fc
  .array(anyChange, { minLength: 2, maxLength: 7 })
  .map((changes) => {
    let estate = nothing;
    return changes.map((change) => {
      estate = changed(estate, change);
      return estate;
    });
  });
