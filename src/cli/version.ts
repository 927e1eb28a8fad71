import { readFileSync } from 'node:fs';

/** The version in package.json: the one place that a release changes. */
export const version: string = readVersion();

/** What `--version` prints, in the form of Prometheus' own programs. */
export function versionText(): string {
  return `milink-exporter, version ${version}\n  node version: ${process.version}\n  platform:     ${process.platform}/${process.arch}\n`;
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error('package.json has no version');
}
