import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { validate } from 'dockerfile-utils';
import { nodeFault } from '../../src/cli/serve/process-faults.ts';
import { dockerfileText, execForm, finalSteps, projectRoot, readPlan } from './dockerfile.ts';

const plan = readPlan(dockerfileText);
const contentsOf = (keyword: string): string[] => finalSteps(plan, keyword).map(({ content }) => content);
const labels = new Map(
  contentsOf('LABEL').flatMap((content) =>
    [...content.matchAll(/([\w.]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const),
  ),
);

test("the linter of Docker's extension has nothing to say about the Dockerfile", () => {
  assert.deepEqual(validate(dockerfileText), []);
  // It would see what is wrong.
  assert.notDeepEqual(validate(dockerfileText.replace('--interval=30s', '--interval=30')), []);
});

test('every base image has a version, and the last one no shell and no package manager', () => {
  for (const [name, image] of Object.entries(plan.globals)) {
    assert.match(image, /:(?:\d+\.\d+\.\d+-trixie-slim|nonroot)@sha256:[0-9a-f]{64}$/, name);
  }
  for (const { image } of plan.stages) assert.match(image, /^\$\{(?:NODE|RUNTIME)_IMAGE\}$/);
  assert.match(plan.globals.RUNTIME_IMAGE ?? '', /^gcr\.io\/distroless\/nodejs26-debian13:nonroot@/);
  // The major version that builds is the one that runs, and no version with a known fault.
  const [, version = ''] = /^node:(26\.[\d.]+)-/.exec(plan.globals.NODE_IMAGE ?? '') ?? [];
  assert.equal(nodeFault(version), null);
  assert.notEqual(version, '');
  assert.equal(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).engines.node, '>=24.5');
});

test('the image runs nothing to be built, adds no remote file, and installs what the lock file says', () => {
  assert.deepEqual(contentsOf('RUN'), []);
  const steps = plan.stages.flatMap((stage) => stage.steps);
  assert.ok(!steps.some(({ keyword }) => ['ADD', 'VOLUME', 'ONBUILD', 'SHELL'].includes(keyword)));
  const installs = steps.filter(({ content }) => /\bnpm (?:ci|install|i)\b/.test(content));
  assert.equal(installs.length, 2);
  for (const { content } of installs) assert.match(content, /npm ci .*--ignore-scripts/);
  assert.doesNotMatch(dockerfileText, /\b(?:curl|wget|apt-get|sudo)\b/);
});

test('it runs as a numbered user that is not root, in exec form, with a health check that Docker understands', () => {
  assert.deepEqual(contentsOf('USER'), ['65532:65532']);
  const [entrypoint = ''] = contentsOf('ENTRYPOINT');
  assert.deepEqual(execForm(entrypoint), ['/nodejs/bin/node', '/app/dist/main.js']);
  const [healthcheck] = finalSteps(plan, 'HEALTHCHECK');
  assert.deepEqual(execForm(healthcheck?.content ?? ''), [...execForm(entrypoint), 'healthcheck']);
  assert.deepEqual(Object.keys(healthcheck?.flags ?? {}).sort(), ['interval', 'retries', 'start-period', 'timeout']);
  assert.deepEqual(contentsOf('EXPOSE'), ['10522']);
});

test('it carries the labels of the OCI image specification', () => {
  const names = ['title', 'description', 'licenses', 'url', 'source', 'documentation'];
  for (const name of names) assert.ok(labels.get(`org.opencontainers.image.${name}`), name);
  const given = { version: 'VERSION', revision: 'REVISION', created: 'CREATED', 'base.name': 'RUNTIME_IMAGE' };
  const declared = contentsOf('ARG');
  for (const [name, argument] of Object.entries(given)) {
    assert.equal(labels.get(`org.opencontainers.image.${name}`), `\${${argument}}`);
    assert.ok(declared.includes(argument), argument);
  }
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  assert.equal(labels.get('org.opencontainers.image.licenses'), manifest.license);
  assert.equal(labels.get('org.opencontainers.image.description'), manifest.description);
  const page = labels.get('org.opencontainers.image.documentation')?.split('/blob/main/')[1] ?? '';
  assert.ok(existsSync(join(projectRoot, page)), page);
});
