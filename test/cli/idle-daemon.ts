import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';

/** What starts a daemon whose only server never answers, for the tests of one file. */
export interface IdleDaemon {
  /** Holds milink.yaml; there from the first test to the last. */
  readonly folder: () => string;
  readonly flags: () => readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Writes the configuration before the tests of a file, and removes it after them. */
export function idleDaemon(): IdleDaemon {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'milink-idle-'));
    const server = 'name: sql-1, host: 127.0.0.1, port: 1';
    const authentication = 'authentication: { type: sql_login, username: milink, password_env: MILINK_PASSWORD }';
    await writeFile(join(folder, 'milink.yaml'), `servers: [{ ${server}, ${authentication} }]\n`);
  });
  after(() => rm(folder, { recursive: true }));
  return {
    folder: () => folder,
    flags: () => [`--config.file=${join(folder, 'milink.yaml')}`, '--web.listen-address=127.0.0.1:0'],
    env: { MILINK_PASSWORD: 'hunter2' },
  };
}
