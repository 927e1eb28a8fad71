import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { serve } from '../../src/cli/serve/serve.ts';
import { runHere } from '../cli/fake-terminal.ts';
import { projectRoot } from './dockerfile.ts';
import { schemaProblems, unknownFields } from './kubernetes-schema.ts';
import { podProblems, wiringProblems } from './pod-security.ts';
import { chart, helmTemplate, type Manifest, manifestsOf, only, runTool } from './render.ts';

const valueFiles = readdirSync(join(chart, 'ci')).sort();
const sources = new Map<string, readonly Manifest[]>([
  ...valueFiles.map((name) => [name, manifestsOf(helmTemplate('helm4', `--values=${chart}/ci/${name}`))] as const),
  ['kustomize', manifestsOf(runTool('kubectl', 'kustomize', join(projectRoot, 'deploy/kubernetes/example')))],
]);
const manifestsIn = (source: string): readonly Manifest[] => sources.get(source) ?? [];

for (const name of valueFiles) {
  test(`${name}: Helm 3 and 4 have nothing to say and render the same`, () => {
    const flags = [`--values=${chart}/ci/${name}`];
    for (const tool of ['helm3', 'helm4'] as const) {
      const { code, out, error } = runTool(tool, 'lint', chart, '--strict', ...flags);
      assert.equal(code, 0, out + error);
      assert.doesNotMatch(out + error, /WARNING|ERROR/);
    }
    const sorted = (manifests: readonly Manifest[]): Manifest[] =>
      manifests.toSorted((a, b) => `${a.kind} ${a.metadata.name}`.localeCompare(`${b.kind} ${b.metadata.name}`));
    assert.deepEqual(sorted(manifestsOf(helmTemplate('helm3', ...flags))), sorted(manifestsIn(name)));
  });
}

for (const [source, manifests] of sources) {
  test(`${source}: every resource is as the schemas of Kubernetes and of the Prometheus operator have it`, async () => {
    assert.ok(manifests.length > 3);
    const problems = await Promise.all(manifests.map(schemaProblems));
    assert.deepEqual(problems.flat(), []);
  });

  test(`${source}: the pods are as restricted as pods can be, and all that selects fits`, () => {
    const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
    assert.ok(deployments.length > 0);
    assert.deepEqual(deployments.flatMap(podProblems), []);
    assert.deepEqual(wiringProblems(manifests), []);
  });

  test(`${source}: the program knows every flag that a container gives it`, () => {
    const known = new Set(serve.flags.map(({ name }) => name));
    const flags = manifests
      .filter(({ kind }) => kind === 'Deployment')
      .flatMap(({ spec }): string[] => spec.template.spec.containers[0].args);
    assert.ok(flags.length > 0);
    for (const flag of flags) assert.ok(known.has(/^--([\w.-]+)=/.exec(flag)?.[1] ?? ''), flag);
  });
}

test('no resource has a field that its kind does not have', async () => {
  assert.deepEqual(await unknownFields([...sources.values()].flat()), []);
  const [deployment] = manifestsIn('kustomize').filter(({ kind }) => kind === 'Deployment');
  assert.ok(deployment);
  // Each of the checks would see a mistake.
  const broken = structuredClone(deployment);
  broken.spec.template.spec.securityContext = { runAsNonRot: true };
  broken.spec.selector.matchLabels.other = 'pods';
  broken.spec.replicas = 'two';
  assert.match((await unknownFields([broken])).join(), /runAsNonRot/);
  assert.match((await schemaProblems(broken)).join(), /replicas/);
  assert.match(podProblems(broken).join(), /runAsNonRoot is not set.*no seccomp profile/);
  assert.match(wiringProblems([broken]).join(), /does not select its own pods/);
});

for (const source of ['operator-values.yaml', 'kustomize']) {
  test(`${source}: promtool takes the rules, Grafana's sidecar every dashboard`, () => {
    const manifests = manifestsIn(source);
    const folder = mkdtempSync(join(tmpdir(), 'milink-rules-'));
    const rules = manifests.filter(({ kind }) => kind === 'PrometheusRule');
    for (const { metadata, spec } of rules) {
      const path = join(folder, `${metadata.name}.yaml`);
      writeFileSync(path, stringify(spec));
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', path], { encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    }
    rmSync(folder, { recursive: true });
    const shipped = readdirSync(join(projectRoot, 'deploy/prometheus/rules')).map((name) =>
      parse(readFileSync(join(projectRoot, 'deploy/prometheus/rules', name), 'utf8')),
    );
    // Where Grafana is in a cluster is known to neither; the chart can be told.
    for (const file of shipped.map(withoutDashboards)) assert.ok(rules.some(({ spec }) => isEqual(spec, file)));
    const dashboards = manifests
      .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.grafana_dashboard === '1')
      .flatMap(({ data }) => Object.entries<string>(data));
    const expected = readdirSync(join(projectRoot, 'grafana/dashboards')).sort();
    assert.deepEqual(dashboards.map(([name]) => name).sort(), expected);
    for (const [name, text] of dashboards) {
      assert.deepEqual(
        JSON.parse(text),
        JSON.parse(readFileSync(join(projectRoot, 'grafana/dashboards', name), 'utf8')),
      );
    }
  });

  test(`${source}: the exporter takes the configuration`, async () => {
    const manifests = manifestsIn(source);
    const text = manifests.find(({ kind, data }) => kind === 'ConfigMap' && data['milink.yaml'] !== undefined)?.data[
      'milink.yaml'
    ];
    const folder = mkdtempSync(join(tmpdir(), 'milink-chart-'));
    // The paths of the container, below a folder here, with a password in each file.
    const here = text.replaceAll('/etc/milink-exporter', folder);
    for (const [, path = ''] of here.matchAll(/password_file: (\S+)/g)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'a password');
    }
    writeFileSync(join(folder, 'milink.yaml'), here);
    const { code, error } = await runHere(['--config.check', `--config.file=${folder}/milink.yaml`]);
    rmSync(folder, { recursive: true });
    assert.deepEqual({ code, error }, { code: 0, error: '' });
  });
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { readonly alert?: string; readonly annotations?: Readonly<Record<string, string>> }[];
  }[];
}

function withoutDashboards({ groups }: RuleFile): RuleFile {
  return {
    groups: groups.map(({ rules, ...group }) => ({
      ...group,
      rules: rules.map((rule) => {
        const { dashboard_url: _url, ...annotations } = rule.annotations ?? {};
        return rule.annotations === undefined ? rule : { ...rule, annotations };
      }),
    })),
  };
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

test('shards: a Deployment each, apart from each other by a label, one Service for all', () => {
  const manifests = manifestsIn('shards-values.yaml');
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  assert.deepEqual(
    deployments.map(({ metadata, spec }) => [metadata.name, spec.template.spec.containers[0].args.slice(-3, -1)]),
    [0, 1, 2].map((shard) => [`milink-shard-${shard}`, [`--shard=${shard}`, '--total-shards=3']]),
  );
  assert.equal(new Set(deployments.map(({ spec }) => JSON.stringify(spec.selector))).size, 3);
  const mounts = deployments.map(({ spec: { template } }) =>
    template.spec.containers[0].volumeMounts.find(({ name }: { name: string }) => name === 'history'),
  );
  const mountPath = '/var/lib/milink-exporter';
  assert.deepEqual(
    mounts,
    [0, 1, 2].map((shard) => ({ name: 'history', mountPath, subPath: `shard-${shard}` })),
  );
  assert.ok(only(manifests, 'Service'));
});

test('a changed configuration starts new pods', () => {
  const checksum = (...flags: string[]): string =>
    only(manifestsOf(helmTemplate('helm4', `--values=${chart}/ci/default-values.yaml`, ...flags)), 'Deployment').spec
      .template.metadata.annotations['checksum/config'];
  assert.equal(checksum(), checksum());
  assert.notEqual(checksum(), checksum('--set=config.poll_interval=30s'));
});

const goodValues = '--set=existingConfigMap.name=mine';
const badValues: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /config\.servers is empty: list the servers to poll, or name existingConfigMap/],
  [[goodValues, '--set=existingConfigSecret.name=other'], /are both given/],
  [
    [goodValues, '--set=existingWebConfigSecret.name=a', '--set=webConfig.rate_limit.burst=1'],
    /webConfig and .* both given/,
  ],
  [[goodValues, '--set=image.tagg=1'], /tagg/],
  [[goodValues, '--set=serviceMonitor.enabled=yes please'], /enabled.*boolean/is],
  [[goodValues, '--set=serviceMonitor.interval=soon'], /interval/],
  [[goodValues, '--set=shards=0'], /shards/],
  [[goodValues, '--set=image.digest=latest'], /digest/],
  [[goodValues, '--set-string=replicas=2'], /replicas/],
  [[goodValues, '--set=existingSecrets[0]=Bad_Name'], /existingSecrets/],
];
for (const [flags, expected] of badValues) {
  test(`the chart refuses ${flags.join(' ') || 'its defaults: nothing to poll'}`, () => {
    const { code, error } = helmTemplate('helm4', ...flags);
    assert.equal(code, 1);
    assert.match(error, expected);
  });
}

test('the versions of the chart, the base and the program are one', () => {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  assert.equal(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')).appVersion, version);
  const base = parse(readFileSync(join(projectRoot, 'deploy/kubernetes/base/kustomization.yaml'), 'utf8'));
  assert.equal(base.images[0].newTag, version);
});

test('the schema knows every value, and no other', () => {
  const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'));
  const { properties } = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'));
  assert.deepEqual(
    // Helm itself adds `global`.
    Object.keys(properties)
      .filter((name) => name !== 'global')
      .sort(),
    Object.keys(values).sort(),
  );
});
