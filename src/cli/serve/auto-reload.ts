import { type ConfigFile, fingerprint } from '../../config/file/named-files.ts';

export interface AutoReloadOptions {
  /** Each tick is a look at the files. */
  readonly ticks: AsyncIterable<unknown>;
  /** The files of the configuration in force. */
  readonly files: () => readonly ConfigFile[];
  readonly reload: () => Promise<unknown>;
}

/**
 * Reloads when the content of a file has changed since it was last looked at, until the ticks end. The content, not the time
 * or an event: what Kubernetes mounts is a link that is turned to another folder.
 */
export async function autoReload({ ticks, files, reload }: AutoReloadOptions): Promise<void> {
  const known = new Map<string, string>();
  const noteNew = async (): Promise<void> => {
    for (const { path, fingerprint: loaded } of files()) {
      if (!known.has(path)) known.set(path, loaded ?? (await fingerprint(path)));
    }
  };
  await noteNew();
  for await (const _ of ticks) {
    if (!(await haveChanged(known))) continue;
    await reload();
    // What changed meanwhile is seen at the next tick; the files that are named for the first time are not known yet.
    await noteNew();
  }
}

/** Takes note of the known files as they are now. */
async function haveChanged(known: Map<string, string>): Promise<boolean> {
  let changes = 0;
  for (const [path, before] of known) {
    const now = await fingerprint(path);
    known.set(path, now);
    if (now !== before) changes += 1;
  }
  return changes > 0;
}
