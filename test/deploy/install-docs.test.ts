import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { projectRoot } from './dockerfile.ts';
import { schemaProblems } from './kubernetes-schema.ts';
import { helmTemplate, manifestsOf, runTool } from './render.ts';

const folder = mkdtempSync(join(tmpdir(), 'milink-install-'));
after(() => rmSync(folder, { recursive: true }));

const pages = readdirSync(join(projectRoot, 'docs/install')).sort();
const read = (page: string): string => readFileSync(join(projectRoot, 'docs/install', page), 'utf8');
/** The fenced blocks of a page in a language. */
const blocks = (page: string, language: string): string[] =>
  [...read(page).matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language)
    .map(([, , text = '']) => text);

test('there is a page for each way to run it', () => {
  assert.deepEqual(pages, [
    'aks.md',
    'azure-monitor.md',
    'compose.md',
    'container-apps.md',
    'docker.md',
    'helm.md',
    'kubernetes.md',
    'npm.md',
    'systemd.md',
    'windows.md',
  ]);
});

for (const page of pages) {
  test(`${page}: the commands are a shell's, the files are there, and it says what was not tried`, () => {
    for (const text of blocks(page, 'sh')) {
      assert.equal(spawnSync('sh', ['-n'], { input: text }).status, 0, text);
    }
    const text = read(page);
    for (const [path] of text.matchAll(/\b(?:deploy|docs|grafana|test)\/[\w./-]*\w/g)) {
      // What the reader makes, and what is named inside the package.
      if (/my-overlay|packaged/.test(path)) continue;
      assert.ok(existsSync(join(projectRoot, path)), path);
    }
    for (const [, path = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      assert.ok(existsSync(join(projectRoot, 'docs/install', path)), path);
    }
    assert.match(text, /^## What was tried$/m);
    assert.match(text, /[Nn]ot tried/);
  });
}

test('helm.md: the chart takes the values of the page', async () => {
  const [, values] = /<<'YAML'\n(.*?)^YAML$/ms.exec(read('helm.md')) ?? [];
  assert.ok(values);
  const path = join(folder, 'values.yaml');
  writeFileSync(path, values);
  const manifests = manifestsOf(helmTemplate('helm4', `--values=${path}`));
  assert.ok(manifests.some(({ kind }) => kind === 'PrometheusRule'));
  assert.deepEqual((await Promise.all(manifests.map(schemaProblems))).flat(), []);
});

test('kubernetes.md: a copy of the example beside it is a whole overlay', () => {
  for (const path of ['deploy/kubernetes', 'grafana']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(projectRoot, path), join(folder, path), { recursive: true });
  }
  cpSync(join(folder, 'deploy/kubernetes/example'), join(folder, 'deploy/kubernetes/my-overlay'), { recursive: true });
  const manifests = manifestsOf(runTool('kubectl', 'kustomize', join(folder, 'deploy/kubernetes/my-overlay')));
  assert.ok(manifests.length > 10);
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
  // As the commands of the page name them.
  for (const name of ['Deployment milink/milink-exporter', 'Service milink/milink-exporter'])
    assert.ok(names.includes(name));
});

test('compose.md: Compose takes the file of the page', () => {
  // docker-compose of Debian wants the file format named.
  writeFileSync(join(folder, 'compose.yaml'), `version: '2.4'\n${blocks('compose.md', 'yaml').join('')}`);
  const flags = ['--file', join(folder, 'compose.yaml'), 'config', '--quiet'];
  const { status, stderr } = spawnSync('docker-compose', flags, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
