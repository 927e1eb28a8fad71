import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** An installation as a user has it: without our lock file, straight from the registry. */
export interface FreshInstallation {
  readonly command: string;
  /** Versions of what was installed, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

interface Wanted {
  readonly place: string;
  readonly tarball: string;
  /** Versions that the user's own package.json asks for; the newest that are allowed where there is none. */
  readonly pinned: Readonly<Record<string, string>>;
}

/** Resolves to null, with the reason written to `onUnreachable`, when the registry does not answer. */
export async function installFresh(
  { place, tarball, pinned }: Wanted,
  onUnreachable: (reason: string) => void,
): Promise<FreshInstallation | null> {
  await mkdir(place);
  const dependencies = { 'milink-exporter': `file:${tarball}` };
  await writeFile(
    join(place, 'package.json'),
    JSON.stringify({ name: 'elsewhere', version: '1.0.0', dependencies, overrides: pinned }),
  );
  try {
    // What the cache holds may be older than what the registry serves: it is asked.
    await npm(place, 'install', '--prefer-online', '--omit=dev', '--ignore-scripts', '--fetch-retries=1');
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    onUnreachable(firstLine(error));
    return null;
  }
  return { command: join(place, 'node_modules/.bin/milink-exporter'), versions: await versionsIn(place) };
}

interface HiddenLock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** As npm notes for itself what it has installed. Of a package that is there twice the outer one counts. */
async function versionsIn(place: string): Promise<Record<string, string>> {
  const { packages }: HiddenLock = JSON.parse(await readFile(join(place, 'node_modules/.package-lock.json'), 'utf8'));
  const inwards = Object.entries(packages).sort(([one], [other]) => depthOf(other) - depthOf(one));
  return Object.fromEntries(
    inwards.map(([path, { version = '' }]) => [path.slice(path.lastIndexOf('node_modules/') + 13), version]),
  );
}

function depthOf(path: string): number {
  return path.split('node_modules/').length;
}

/** npm's codes for a registry that can't be reached; anything else is a fault of the package. */
function isUnreachable(error: unknown): boolean {
  return /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|E50[0-9])\b/.test(
    String((error as { readonly stderr?: unknown }).stderr),
  );
}

function firstLine(error: unknown): string {
  return String((error as { readonly stderr?: unknown }).stderr).split('\n')[0] ?? '';
}

async function npm(cwd: string, ...args: readonly string[]): Promise<void> {
  await execute('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
  });
}
