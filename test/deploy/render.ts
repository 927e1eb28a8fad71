import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { projectRoot } from './dockerfile.ts';

export const chart = join(projectRoot, 'deploy/helm/milink-exporter');

/** A Kubernetes resource as it would be sent; what else is in it depends on its kind. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: one type for all kinds; the tests look into what they know.
  readonly [field: string]: any;
}

export interface ToolRun {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs a tool of test/setup/kubernetes.sh. */
export function runTool(tool: 'helm3' | 'helm4' | 'kubectl', ...args: readonly string[]): ToolRun {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr, error } = spawnSync(join(projectRoot, '.tools', tool), args, {
    encoding: 'utf8',
    env: { PATH, HOME },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw new Error('run `make tools`', { cause: error });
  return { code: status, out: stdout, error: stderr };
}

/** What Helm would install of the chart, for a release `probe` in the namespace `milink`. */
export function helmTemplate(tool: 'helm3' | 'helm4', ...flags: readonly string[]): ToolRun {
  return runTool(tool, 'template', 'probe', chart, '--namespace=milink', '--kube-version=1.33.0', ...flags);
}

/** The resources in a tool's output. @throws Error with what the tool said when it failed. */
export function manifestsOf({ code, out, error }: ToolRun): readonly Manifest[] {
  if (code !== 0) throw new Error(error);
  // YAML 1.1, as Kubernetes reads it.
  return parseAllDocuments(out, { version: '1.1' })
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** The only resource of a kind. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [manifest, ...more] = manifests.filter((candidate) => candidate.kind === kind);
  if (manifest === undefined || more.length > 0) throw new Error(`${more.length + (manifest ? 1 : 0)} ${kind}s`);
  return manifest;
}
