import { readFileSync } from 'node:fs';

const manifest = readManifest();

/** The version in package.json: the one place that a release changes. */
export const version: string = manifest.version;

/** The commit that a package or an image was made from: `gitHead`, which a release writes there; else empty. */
export const revision: string = manifest.revision;

/** What `--version` prints, in the form of Prometheus' own programs. */
export function versionText(): string {
  return [
    `milink-exporter, version ${version}${revision === '' ? '' : ` (revision: ${revision})`}`,
    `  node version: ${process.version}`,
    `  platform:     ${process.platform}/${process.arch}`,
    '',
  ].join('\n');
}

function readManifest(): { readonly version: string; readonly revision: string } {
  const read: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof read !== 'object' || read === null || !('version' in read)) throw new Error('package.json has no version');
  return { version: String(read.version), revision: 'gitHead' in read ? String(read.gitHead) : '' };
}
