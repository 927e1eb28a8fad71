import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** What a release is made from. */
const sources = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['src', 'deploy', 'grafana', 'LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md'],
];

/** The package as `npm pack` makes it. */
export interface PackedPackage {
  /** To be removed by the test. */
  readonly folder: string;
  readonly tarball: string;
  readonly tarballBytes: number;
  /** Paths of the files in the tarball, sorted. */
  readonly files: readonly string[];
}

/** The package as npm installs it in another folder, without development packages. */
export interface InstalledPackage extends PackedPackage {
  /** Where npm put the package. */
  readonly root: string;
  /** What npm put on the PATH. */
  readonly command: string;
}

/** Builds and packs a copy of the sources. */
export async function packPackage(): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-package-'));
  const { filename, size, files } = await pack(folder);
  return {
    folder,
    tarball: join(folder, filename),
    tarballBytes: size,
    files: files.map(({ path }) => path).sort(),
  };
}

/** Builds and packs a copy of the sources and installs the tarball elsewhere. */
export async function installPackage(): Promise<InstalledPackage> {
  const packed = await packPackage();
  const place = join(packed.folder, 'installed');
  await install(place, packed.tarball);
  return {
    ...packed,
    root: join(place, 'node_modules/milink-exporter'),
    command: join(place, 'node_modules/.bin/milink-exporter'),
  };
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

async function pack(folder: string): Promise<Packed> {
  // A copy: other tests read the tree meanwhile, and a `dist` of an earlier build must not help.
  const copy = join(folder, 'sources');
  await mkdir(copy);
  for (const source of sources) await cp(join(root, source), join(copy, source), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const packed = JSON.parse(await npm(copy, 'pack', '--json', `--pack-destination=${folder}`));
  // npm 11 gives a list, newer ones a mapping by name.
  return Object.values<Packed>(packed)[0] ?? { filename: '', size: 0, files: [] };
}

/** A lock file with the versions that are tested here lets npm take all of it from its cache, without the registry. */
async function install(place: string, tarball: string): Promise<void> {
  await mkdir(place);
  const { name, version, dependencies, bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { packages, ...lock } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const manifest = { name: 'elsewhere', version: '1.0.0', dependencies: { [name]: `file:${tarball}` } };
  const locked = {
    ...packages,
    '': manifest,
    [`node_modules/${name}`]: { version, resolved: `file:${tarball}`, dependencies, bin },
  };
  await writeFile(join(place, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(place, 'package-lock.json'), JSON.stringify({ ...lock, name: 'elsewhere', packages: locked }));
  await npm(place, 'ci', '--omit=dev', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund');
}

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('npm', [...args, '--loglevel=error'], { cwd, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
