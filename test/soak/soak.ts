/** npm run soak -- [MINUTES]: an exporter at work for hours, and whether anything of it grows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSoak } from './run-soak.ts';

const minutes = Number(process.argv[2] ?? 60);
if (!Number.isInteger(minutes) || minutes < 1) {
  process.stderr.write(`npm run soak -- MINUTES: "${process.argv[2]}" is not a whole number of minutes, 1 or more\n`);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'milink-soak-'));
try {
  const isGood = await runSoak({ minutes, folder, say: (line) => process.stdout.write(`${line}\n`) });
  process.exitCode = isGood ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
