import assert from 'node:assert/strict';
import { rename, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { autoReload } from '../../src/cli/serve/reload.ts';
import { type ConfigFile, fingerprintOf } from '../../src/config/file/text-file.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';

/** Runs the watcher through steps: after each of them it looks once. Gives after which steps it reloaded. */
async function reloads(files: () => readonly string[], steps: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const done: number[] = [];
  let step = 0;
  async function* ticks(): AsyncGenerator<number> {
    for (const change of steps) {
      step += 1;
      await change();
      yield step;
    }
  }
  const named = (): ConfigFile[] => files().map((path) => ({ path, fingerprint: null }));
  await autoReload({ ticks: ticks(), files: named, reload: async () => done.push(step) });
  return done;
}

const nothing = async (): Promise<void> => undefined;

test('a reload follows each change of content, of the file or of one that it names, once', async (t) => {
  const folder = await temporaryFolder(t);
  const [file, named] = [join(folder, 'milink.yaml'), join(folder, 'ca.pem')];
  await writeFile(file, 'one');
  await writeFile(named, 'ca');
  const steps = [nothing, () => writeFile(file, 'two'), nothing, () => writeFile(named, 'other'), nothing];
  assert.deepEqual(await reloads(() => [file, named], steps), [2, 4]);
});

test('the same content written again, or touched, is no change', async (t) => {
  const file = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(file, 'one');
  assert.deepEqual(await reloads(() => [file], [() => writeFile(file, 'one'), () => utimes(file, 1, 1)]), []);
});

test('a file that goes away and comes back is two changes', async (t) => {
  const file = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(file, 'one');
  assert.deepEqual(await reloads(() => [file], [() => unlink(file), nothing, () => writeFile(file, 'one')]), [1, 3]);
});

test('a link that is turned to another file is seen, as Kubernetes does with what it mounts', async (t) => {
  const folder = await temporaryFolder(t);
  const [one, two, link] = ['one', 'two', 'link'].map((name) => join(folder, name)) as [string, string, string];
  await writeFile(one, 'one');
  await writeFile(two, 'two');
  await symlink(one, link);
  const turn = async (): Promise<void> => {
    await symlink(two, `${link}.new`);
    await rename(`${link}.new`, link);
  };
  assert.deepEqual(await reloads(() => [link], [nothing, turn]), [2]);
});

test('a file that is named for the first time is looked at from then on', async (t) => {
  const folder = await temporaryFolder(t);
  const [file, named] = [join(folder, 'milink.yaml'), join(folder, 'new.pem')];
  const names = [file];
  await writeFile(file, 'one');
  await writeFile(named, 'ca');
  const steps = [
    async () => {
      await writeFile(file, 'two');
      names.push(named);
    },
    nothing,
    () => writeFile(named, 'other'),
  ];
  assert.deepEqual(await reloads(() => names, steps), [1, 3]);
});

test('a change between the loading of the file and the first look is a change too', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(path, 'changed already');
  let reloads = 0;
  await autoReload({
    ticks: (async function* () {
      yield 1;
    })(),
    files: () => [{ path, fingerprint: fingerprintOf('as loaded') }],
    reload: async () => {
      reloads += 1;
    },
  });
  assert.equal(reloads, 1);
});
