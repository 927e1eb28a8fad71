import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { alertGroups } from '../../src/mixin/alerts/groups.ts';
import { amtool } from './tool.ts';

const file = resolve(import.meta.dirname, '../../deploy/alertmanager/alertmanager.yaml');
const text = readFileSync(file, 'utf8');
const names = [...new Set(alertGroups.flatMap(({ rules }) => rules.map(({ name }) => name)))];

test('amtool accepts the shipped configuration', () => {
  assert.match(amtool(['check-config', file]), /SUCCESS/);
});

for (const [severity, receiver] of [
  ['critical', 'on-call'],
  ['warning', 'tickets'],
  ['info', 'record'],
] as const) {
  test(`an alert that is ${severity} goes to ${receiver}`, () => {
    assert.equal(
      amtool(['config', 'routes', 'test', `--config.file=${file}`, `severity=${severity}`]).trim(),
      receiver,
    );
  });
}

test('every alert name of an inhibit rule is one that ships', () => {
  const matchers: readonly string[] = parse(text).inhibit_rules.flatMap(
    (rule: { source_matchers: string[]; target_matchers: string[] }) => [
      ...rule.source_matchers,
      ...rule.target_matchers,
    ],
  );
  const written = matchers.filter((matcher) => matcher.startsWith('alertname'));
  assert.ok(written.length > 10);
  for (const matcher of written) {
    const [, value = ''] = /^alertname !?=~? "?([^"]+)"?$/.exec(matcher) ?? [];
    for (const part of alternatives(value)) {
      assert.ok(
        names.some((name) => new RegExp(`^(?:${part})$`).test(name)),
        `${matcher}: no alert is called ${part}`,
      );
    }
  }
});

/** `A(b|c)|D` is Ab, Ac and D: each has to match on its own. */
function alternatives(pattern: string): readonly string[] {
  const parts = pattern.match(/(?:[^|()]|\([^)]*\))+/g) ?? [];
  return parts.flatMap((part) => {
    const [all, before = '', inner = '', after = ''] = /^([^(]*)\(([^)]*)\)(.*)$/.exec(part) ?? [];
    return all === undefined ? [part] : inner.split('|').flatMap((each) => alternatives(`${before}${each}${after}`));
  });
}
