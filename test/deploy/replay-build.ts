import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, matchesGlob, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type BuildStage, readPlan, type Step, variableOf } from './dockerfile.ts';

const execute = promisify(execFile);

export interface ReplayOptions {
  readonly dockerfile: string;
  /** The folder that `docker build` would be given. */
  readonly context: string;
  /** Each stage gets a folder in it. */
  readonly folder: string;
  readonly buildArguments: Readonly<Record<string, string>>;
}

/** The state of a stage while its instructions are followed. */
interface Replayed {
  /** What `/` is in the image. */
  readonly root: string;
  workdir: string;
  readonly environment: Record<string, string>;
}

/**
 * Follows the ARG, ENV, WORKDIR, COPY and RUN instructions of every stage in plain folders: a stage starts empty, and a
 * base image's programs are this machine's. Resolves to the folder of the last stage.
 */
export async function replayBuild(options: ReplayOptions): Promise<string> {
  const { globals, stages } = readPlan(options.dockerfile);
  const done = new Map<string, Replayed>();
  let last = '';
  for (const [index, stage] of stages.entries()) {
    const replayed = { root: join(options.folder, `stage-${index}`), workdir: '/', environment: {} };
    await mkdir(replayed.root);
    await followSteps(stage, { replayed, done, globals, options });
    done.set(stage.name, replayed);
    last = replayed.root;
  }
  return last;
}

interface Followed {
  readonly replayed: Replayed;
  readonly done: ReadonlyMap<string, Replayed>;
  readonly globals: Readonly<Record<string, string>>;
  readonly options: ReplayOptions;
}

async function followSteps(stage: BuildStage, followed: Followed): Promise<void> {
  const { replayed, globals, options } = followed;
  for (const step of stage.steps) {
    const { keyword, content } = step;
    if (keyword === 'ARG') {
      const [name, preset] = variableOf(content);
      replayed.environment[name] = options.buildArguments[name] ?? (preset || (globals[name] ?? ''));
    } else if (keyword === 'ENV') {
      Object.assign(replayed.environment, Object.fromEntries([variableOf(content)]));
    } else if (keyword === 'WORKDIR') {
      replayed.workdir = resolve(replayed.workdir, content);
      await mkdir(join(replayed.root, replayed.workdir), { recursive: true });
    } else if (keyword === 'COPY') await copy(step, followed);
    else if (keyword === 'RUN') await run(content, followed);
  }
}

async function copy({ flags, content }: Step, { replayed, done, options }: Followed): Promise<void> {
  const words = content.split(/\s+/);
  const destination = words.at(-1) ?? '';
  const target = join(replayed.root, resolve(replayed.workdir, destination));
  const from = flags.from === undefined ? options.context : done.get(flags.from)?.root;
  if (from === undefined) throw new Error(`COPY --from=${flags.from}: no such stage`);
  const isSent = await dockerignore(options.context);
  for (const word of words.slice(0, -1)) {
    const source = join(from, word);
    const isFile = (await stat(source)).isFile();
    // A file goes into a folder that is written with a slash; of a folder, the contents are copied.
    const into = isFile && destination.endsWith('/') ? join(target, basename(word)) : target;
    if (flags.from === undefined) {
      await cp(source, into, {
        recursive: true,
        filter: (path) => isSent(relative(from, path)),
        verbatimSymlinks: true,
        preserveTimestamps: true,
      });
    } else await link(source, into, isFile);
  }
}

/** From a stage that is done, and that nothing changes any more: thousands of files, of which a link does for a copy. */
async function link(source: string, target: string, isFile: boolean): Promise<void> {
  await mkdir(isFile ? dirname(target) : target, { recursive: true });
  await execute('cp', ['--archive', '--link', isFile ? source : `${source}/.`, target]);
}

/** Whether a path of the context is sent to the builder: the last pattern that matches it or a folder above it decides. */
async function dockerignore(context: string): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(context, '.dockerignore'), 'utf8')).split('\n');
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    const parts = path.split('/');
    const above = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
    const last = patterns.findLast((pattern) => above.some((part) => matchesGlob(part, pattern.replace(/^!/, ''))));
    return last === undefined || last.startsWith('!');
  };
}

/**
 * What builds needs the development packages, hundreds of megabytes that are thrown away: npm says whether it would install
 * them from this lock file with these flags, and those that the project has by the same file stand in.
 */
async function run(script: string, { replayed, options }: Followed): Promise<void> {
  const isWholeInstallation = /^npm ci(?: --[\w-]+)*$/.test(script) && !script.includes('--omit');
  await runShell(isWholeInstallation ? `${script} --dry-run` : script, replayed);
  if (isWholeInstallation)
    await symlink(join(options.context, 'node_modules'), join(replayed.root, replayed.workdir, 'node_modules'));
}

async function runShell(script: string, { root, workdir, environment }: Replayed): Promise<void> {
  const { PATH, HOME } = process.env;
  await execute('/bin/sh', ['-c', script], {
    cwd: join(root, workdir),
    // A builder has the network; here npm's cache is enough.
    env: { PATH, HOME, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error', ...environment },
    maxBuffer: 16 * 1024 * 1024,
  });
}
