import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { PairsRequest, PairsStarted } from './pairs.ts';

// Simulated pairs in a process of their own, so that what they cost is not the exporter's, nor of what measures it.
const pairs: Pair[] = [];

process.on('message', async (request: PairsRequest) => {
  if (request.kind === 'start') process.send?.(await startPairs(request));
  else process.send?.(connections());
});
process.on('disconnect', () => process.exit());

async function startPairs({ first, count, databases, account, folder }: StartRequest): Promise<PairsStarted> {
  const ends: PairsStarted['ends'][number][] = [];
  for (let index = first; index < first + count; index += 1) {
    const managedInstanceName = `mi-${index}`;
    const pair = await startPair({
      ...{ scenario: 'healthy', managedInstanceName, seed: managedInstanceName, accounts: [account], databases },
      sqlServerMajor: 16,
    });
    pairs.push(pair);
    const ca = `${index}.pem`;
    await writeFile(join(folder, ca), pair.certificateAuthority);
    for (const [kind, { host, port }] of [['sql', pair.sqlServer] as const, ['mi', pair.managedInstance] as const]) {
      ends.push({ name: `${kind}-${index}`, host, port, ca });
    }
  }
  return { ends };
}

type StartRequest = Extract<PairsRequest, { kind: 'start' }>;

function connections(): number {
  return pairs
    .flatMap(({ sqlServer, managedInstance }) => [sqlServer, managedInstance])
    .reduce((sum, end) => sum + end.counts().connections, 0);
}
