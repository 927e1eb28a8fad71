/** What package-lock.json says of a package. */
interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** The part of package-lock.json that is read here: packages by their path, the project itself under the empty one. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Licences under which a package may be shipped with an Apache-2.0 program without asking anything of its users. */
export const allowedLicences: readonly string[] = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** A package that is installed with the exporter. `licence` is an SPDX expression, empty where the package names none. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** The packages of a production installation, each version once, by name. */
export function shippedPackages({ packages }: LockFile): readonly ShippedPackage[] {
  const byKey = new Map<string, ShippedPackage>();
  for (const [path, { version, license = '', dev = false }] of Object.entries(packages)) {
    if (path === '' || dev) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    byKey.set(`${name}@${version}`, { name, version, licence: license });
  }
  return [...byKey.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** docs/licences.md. */
export function licencePage(lock: LockFile): string {
  const shipped = shippedPackages(lock);
  const licences = [...new Set(shipped.map(({ licence }) => licence))].toSorted(compare);
  return [
    '# Licences',
    '',
    '<!-- Generated from package-lock.json by `npm run generate`: do not edit. -->',
    '',
    'milink-exporter is under the Apache License 2.0. It is installed with the packages below; each carries the text of its licence,',
    'in the image too. The image also has Node.js and the Debian files of distroless, with theirs in `/nodejs` and `/usr/share/doc`.',
    'Only these licences are let in, and a test holds that:',
    `${allowedLicences.join(', ')}.`,
    '',
    'A bill of materials (CycloneDX): `sh deploy/release/sbom.sh`. A release carries it, and one of the image.',
    ...licences.flatMap((licence) => section(licence, shipped)),
    '',
  ].join('\n');
}

function section(licence: string, shipped: readonly ShippedPackage[]): readonly string[] {
  const rows = shipped.filter((each) => each.licence === licence);
  return [
    '',
    `## ${licence || 'none named'}`,
    '',
    '| package | version |',
    '|---|---|',
    ...rows.map(({ name, version }) => `| ${name} | ${version} |`),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
