import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { startProgram } from '../cli/process.ts';
import { type SimulatedLinks, simulatedLinks } from '../cli/simulated-links.ts';
import { dockerfileText, execForm, finalSteps, projectRoot, readPlan } from './dockerfile.ts';
import { replayBuild } from './replay-build.ts';

const revision = '0123456789abcdef0123456789abcdef01234567';
const sourceDateEpoch = 1_760_000_000;
const imageUser = 65_532;

const plan = readPlan(dockerfileText);
let folder = '';
let image = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milink-image-'));
  // The image's user has to get to its files.
  await chmod(folder, 0o755);
  image = await replayBuild({
    dockerfile: dockerfileText,
    context: projectRoot,
    folder,
    buildArguments: { REVISION: revision, SOURCE_DATE_EPOCH: String(sourceDateEpoch) },
  });
  // What the base image brings.
  await mkdir(join(image, 'nodejs/bin'), { recursive: true });
  await copyFile(process.execPath, join(image, 'nodejs/bin/node'));
  setWritable(false);
});
after(async () => {
  if (image !== '') setWritable(true);
  await rm(folder, { recursive: true });
});

/** Of the whole tree: a file system that is mounted read-only. */
function setWritable(isWritable: boolean): void {
  for (const entry of readdirSync(image, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    chmodSync(path, (statSync(path).mode & 0o555) | (isWritable ? 0o200 : 0));
  }
}

const files = (): string[] => readdirSync(join(image, 'app'), { recursive: true, encoding: 'utf8' });

/** A command of the image as a container runs it: its user, its paths, its working directory, nothing in the environment. */
function commandOf(words: readonly string[], flags: readonly string[]): readonly string[] {
  const [node = '', ...rest] = words.map((word) => (word.startsWith('/') ? join(image, word) : word));
  // Node itself refuses every write, every child process and every native addon then.
  const command = [node, '--permission', '--allow-fs-read=*', ...rest, ...flags];
  const user = ['setpriv', `--reuid=${imageUser}`, `--regid=${imageUser}`, '--clear-groups', '--no-new-privs'];
  // Whoever is not root runs it without a privilege anyway.
  return process.getuid?.() === 0 ? [...user, ...command] : ['setpriv', '--no-new-privs', ...command];
}

const entrypoint = (...flags: string[]): readonly string[] =>
  commandOf(execForm(finalSteps(plan, 'ENTRYPOINT')[0]?.content ?? ''), flags);
const healthcheck = (...flags: string[]): readonly string[] =>
  commandOf(execForm(finalSteps(plan, 'HEALTHCHECK')[0]?.content ?? ''), flags);
const surroundings = () => ({
  cwd: join(image, 'etc/milink-exporter'),
  env: { NODE_ENV: 'production' },
});

async function output([program = '', ...words]: readonly string[]): Promise<string> {
  return (await startProgram(program, words, surroundings()).finished).out;
}

test('the image holds the program, its packages and nothing to build or develop with', () => {
  assert.deepEqual(readdirSync(image).sort(), ['app', 'etc', 'nodejs']);
  assert.deepEqual(readdirSync(join(image, 'app')).sort(), ['LICENSE', 'dist', 'node_modules', 'package.json']);
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const there = new Set(files());
  assert.deepEqual(
    Object.keys(packages).filter((path) => packages[path].dev === true && there.has(path)),
    [],
  );
  assert.deepEqual(
    [...there].filter((path) => /\.(?:[cm]?ts|map|node)$|^dist\/(?:mixin|simulator)/.test(path)),
    [],
  );
});

test('the licence of every package is still in it', () => {
  const owners = files()
    .filter((path) => /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path))
    .map((path) => path.replace(/\/package\.json$/, ''));
  assert.ok(owners.length > 100);
  const without = owners.filter(
    (path) => !readdirSync(join(image, 'app', path)).some((name) => /licen[cs]e|copying/i.test(name)),
  );
  assert.deepEqual(without, []);
});

test('every file has the time stamp that was asked for: the layer is the same each time', () => {
  const others = files()
    .map((path) => ({ path, status: statSync(join(image, 'app', path)) }))
    .filter(({ status }) => status.isFile() && status.mtimeMs !== sourceDateEpoch * 1000);
  assert.deepEqual(
    others.map(({ path }) => path),
    [],
  );
});

test('it is small', (context) => {
  const bytes = files().reduce((sum, path) => {
    const status = statSync(join(image, 'app', path));
    return status.isFile() ? sum + status.size : sum;
  }, 0);
  context.diagnostic(`/app: ${(bytes / 1e6).toFixed(1)} MB in ${files().length} files`);
  assert.ok(bytes < 45e6, `${bytes} bytes`);
});

test('the entry point says the version and the revision', async () => {
  assert.match(
    await output(entrypoint('--version')),
    new RegExp(`^milink-exporter, version \\S+ \\(revision: ${revision}\\)`),
  );
});

test('it serves, is healthy and ends, as its user, on a file system that cannot be written', async (context) => {
  const { configFlag } = await readableLinks(context);
  const [program = '', ...words] = entrypoint(configFlag, '--web.listen-address=127.0.0.1:0');
  const daemon = startProgram(program, words, surroundings());
  context.after(() => daemon.process.kill('SIGKILL'));
  const [, port] = await daemon.seen(/address=127\.0\.0\.1:(\d+)/);
  const url = `http://127.0.0.1:${port}`;
  const page = await (await fetch(`${url}/metrics`)).text();
  assert.match(page, new RegExp(`^milink_exporter_build_info\\{.*revision="${revision}".*\\} 1$`, 'm'));
  assert.equal(await output(healthcheck(`--url=${url}/-/healthy`)), `${url}/-/healthy is healthy\n`);
  daemon.process.kill('SIGTERM');
  assert.equal((await daemon.finished).code, 0);
});

test('it reads both ends of a link', async (context) => {
  const { configFlag } = await readableLinks(context);
  assert.match(await output(entrypoint('check', configFlag)), /HEALTHY/);
});

test('it has no simulated servers, and says where there are some', async () => {
  const [program = '', ...words] = entrypoint('demo');
  const { code, error } = await startProgram(program, words, surroundings()).finished;
  assert.equal(code, 1);
  assert.match(error, /^milink-exporter: error: this image has no simulated servers: .*SIMULATOR=with.*\n$/);
});

/** A simulated pair in this process, with a configuration that the image's user may read. */
async function readableLinks(context: TestContext): Promise<SimulatedLinks> {
  const links = await simulatedLinks(context);
  await chmod(links.folder, 0o755);
  for (const name of readdirSync(links.folder)) chmodSync(join(links.folder, name), 0o644);
  return links;
}
