import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { alertGroups } from '../../src/mixin/alerts/groups.ts';
import type { AlertRule } from '../../src/mixin/rules.ts';
import { amtool } from './tool.ts';

const file = resolve(import.meta.dirname, '../../deploy/alertmanager/alertmanager.yaml');
const text = readFileSync(file, 'utf8');
const alerts = alertGroups.flatMap(({ rules }) => rules);

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

interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
}

const inhibitRules: readonly InhibitRule[] = parse(text).inhibit_rules;

test('every alert name of an inhibit rule is one that ships', () => {
  const written = inhibitRules
    .flatMap((rule) => [...rule.source_matchers, ...rule.target_matchers])
    .flatMap(patternsOf);
  assert.ok(written.length > 20);
  for (const part of written) assert.ok(alertsMatching([part]).length > 0, `no alert is called ${part}`);
});

test('nothing is inhibited across environments, replicas or scopes: every rule demands what its alerts are about', () => {
  const labelled = (
    parse(text).inhibit_rules as readonly (InhibitRule & { readonly equal: readonly string[] })[]
  ).filter(({ equal }) => !['link', 'server', 'instance'].some((label) => equal.includes(label)));
  assert.deepEqual(labelled, []);
});

function alertsMatching(patterns: readonly string[]): readonly AlertRule[] {
  return alerts.filter(({ name }) => patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(name)));
}

/** The names that a matcher of `alertname` is for, as regular expressions. */
function patternsOf(matcher: string): readonly string[] {
  const [, value] = /^alertname !?=~? "?([^"]+)"?$/.exec(matcher) ?? [];
  return value === undefined ? [] : alternatives(value);
}

/** `A(b|c)|D` is Ab, Ac and D: each has to match on its own. */
function alternatives(pattern: string): readonly string[] {
  const parts = pattern.match(/(?:[^|()]|\([^)]*\))+/g) ?? [];
  return parts.flatMap((part) => {
    const [all, before = '', inner = '', after = ''] = /^([^(]*)\(([^)]*)\)(.*)$/.exec(part) ?? [];
    return all === undefined ? [part] : inner.split('|').flatMap((each) => alternatives(`${before}${each}${after}`));
  });
}
