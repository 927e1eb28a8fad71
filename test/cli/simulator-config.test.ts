import assert from 'node:assert/strict';
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSimulatorConfig } from '../../src/cli/simulate/config-file.ts';
import { startPair } from '../../src/simulator/pair.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';

test('the password goes into a file of its owner, whatever was at its place', async (context) => {
  const pair = await startPair({ scenario: 'healthy', accounts: [{ name: 'milink', password: 'hunter2' }] });
  context.after(() => pair.close());
  const folder = await temporaryFolder(context);
  const login = { username: 'milink', password: 'hunter2' };
  const write = (name: string): Promise<string> =>
    writeSimulatorConfig(new Map([['simulator.config-file', [join(folder, `${name}.yaml`)]]]), pair, {
      ...{ login, environment: {} },
    });
  const modeOf = async (name: string): Promise<number> => (await stat(join(folder, name))).mode & 0o777;

  await writeFile(join(folder, 'open.password'), 'old');
  await chmod(join(folder, 'open.password'), 0o644);
  await write('open');
  assert.deepEqual(
    [await modeOf('open.password'), await readFile(join(folder, 'open.password'), 'utf8')],
    [0o600, 'hunter2\n'],
  );

  await writeFile(join(folder, 'elsewhere'), 'mine');
  await symlink(join(folder, 'elsewhere'), join(folder, 'linked.password'));
  await write('linked');
  assert.equal(await readFile(join(folder, 'elsewhere'), 'utf8'), 'mine');
  assert.equal(await modeOf('linked.password'), 0o600);
});

test('a pair of ten thousand databases is given the time that it takes', async (context) => {
  const pair = await startPair({ scenario: 'healthy', accounts: [], links: 100, databases: 100 });
  context.after(() => pair.close());
  const path = join(await temporaryFolder(context), 'many.yaml');
  const login = { username: 'milink', password: 'hunter2' };
  await writeSimulatorConfig(new Map([['simulator.config-file', [path]]]), pair, { login, environment: {} });
  assert.match(await readFile(path, 'utf8'), /^poll_interval: 200s\npoll_timeout: 100s$/m);
});
