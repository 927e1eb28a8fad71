import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './dockerfile.ts';
import type { Manifest } from './render.ts';

/** The module that has the OpenAPI schema of a kind: types and a validator made from it. */
function moduleOf({ apiVersion, kind }: Manifest): string {
  const isOperators = apiVersion.startsWith('monitoring.coreos.com/');
  return `${isOperators ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models'}/${apiVersion}/${kind}`;
}

/** What the API server would say of a value: missing fields, wrong types, formats. Empty when all is well. */
export async function schemaProblems(manifest: Manifest): Promise<readonly string[]> {
  const exports: Readonly<Record<string, unknown>> = await import(moduleOf(manifest));
  const Model = exports[manifest.kind] as new (data: Manifest) => { validate(): void };
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${error instanceof Error ? error.message : error}`];
  }
}

/**
 * Fields that the kinds do not have: the API server drops them silently, so nothing else would tell a misspelt one. The
 * compiler knows: it checks the manifests as literals of the schemas' types.
 */
export async function unknownFields(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-manifests-'));
  try {
    await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await mkdir(join(folder, 'manifests'));
    const files = manifests.map((manifest, index) => {
      const name = `manifests/${index}-${manifest.kind}-${manifest.metadata.name}.ts`;
      const text = [
        `import type { I${manifest.kind} } from '${moduleOf(manifest)}';`,
        `export const manifest: I${manifest.kind} = ${JSON.stringify(manifest, null, 1)};`,
      ].join('\n');
      return { name, text };
    });
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--pretty', 'false'];
    const compiler = join(projectRoot, 'node_modules/.bin/tsc');
    const { status, stdout, error } = spawnSync(compiler, [...options, ...files.map(({ name }) => name)], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    return status === 0 ? [] : stdout.trim().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}
