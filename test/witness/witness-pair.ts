import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../src/simulator/account.ts';
import { type Pair, type PairOptions, startPair } from '../../src/simulator/pair.ts';
import { endNames } from '../../src/simulator/world/topology.ts';
import { preparedForAll, readerOfAll } from '../simulator/every-table.ts';

/** How a witness connects. The servers insist: `plain` ones don't know TLS, `tls` ones refuse whoever goes without it. */
export type Wire = 'plain' | 'tls';

export const wires = ['plain', 'tls'] as const satisfies readonly Wire[];

/** When the pairs of these tests start; their clocks stand still there. */
export const startMilliseconds = Date.UTC(2026, 10, 21, 10, 0, 0);

/** A login that may connect and no more. */
export const onlooker = { name: 'onlooker', password: 'onlooker-demo', permissions: [] } as const satisfies Account;

/** A pair, and the files by which clients that are not ours find it and trust it. */
export interface WitnessPair {
  readonly pair: Pair;
  readonly wire: Wire;
  /** PEM of the authority behind both servers. */
  readonly authorityFile: string;
  /** FreeTDS' configuration, in which each end's name is a server. */
  readonly freeTdsFile: string;
  /** Writes that configuration anew, with another TDS version than the best one, or with another authority to trust. */
  configureFreeTds(change: { readonly tdsVersion?: string; readonly authorityFile?: string }): Promise<void>;
  close(): Promise<void>;
}

/** Starts a pair whose scenario is `healthy` unless given. */
export async function startWitnessPair(wire: Wire, options: PairOptions = {}): Promise<WitnessPair> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-witness-'));
  const pair = await startPair({
    scenario: 'healthy',
    clock: () => startMilliseconds,
    accounts: [readerOfAll, onlooker],
    preparation: preparedForAll,
    encryption: wire === 'plain' ? 'off' : 'required',
    ...options,
  });
  const authorityFile = join(folder, 'authority.pem');
  const freeTdsFile = join(folder, 'freetds.conf');
  await writeFile(authorityFile, pair.certificateAuthority);
  const configureFreeTds: WitnessPair['configureFreeTds'] = (change) =>
    writeFile(freeTdsFile, freeTdsConfiguration(pair, wire, { tdsVersion: 'auto', authorityFile, ...change }));
  await configureFreeTds({});
  return {
    pair,
    wire,
    authorityFile,
    freeTdsFile,
    configureFreeTds,
    close: async () => {
      await pair.close();
      await rm(folder, { recursive: true });
    },
  };
}

interface FreeTdsChoices {
  readonly tdsVersion: string;
  readonly authorityFile: string;
}

function freeTdsConfiguration(pair: Pair, wire: Wire, { tdsVersion, authorityFile }: FreeTdsChoices): string {
  const security =
    wire === 'plain'
      ? ['encryption = off']
      : ['encryption = require', `ca file = ${authorityFile}`, 'check certificate hostname = yes'];
  // Without a text size, FreeTDS asks the server for 64 kB of a long text.
  const servers = endNames.flatMap((end) => [`[${end}]`, 'host = localhost', `port = ${pair[end].port}`, ...security]);
  const common = [`tds version = ${tdsVersion}`, 'client charset = UTF-8', 'text size = 2147483647'];
  return ['[global]', ...common, ...servers, ''].join('\n');
}
