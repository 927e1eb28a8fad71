import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder of the test's own, removed after it. */
export async function temporaryFolder(t: { after(action: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-config-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}
