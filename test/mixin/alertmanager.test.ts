import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { alertGroups } from '../../src/mixin/alerts/groups.ts';
import type { AlertRule } from '../../src/mixin/rules.ts';
import { seconds } from './lint/expression.ts';
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

/**
 * Told before, and inhibited all the same: a server that restarts is waited for a minute longer than a copy that stands still is,
 * and what else stands still then is not told again.
 */
const toldBefore = ['MilinkLinkPrimaryUnreachable (2m) inhibits MilinkDatabaseNotHealthy (1m)'];

/** Else the one would be told before the other could inhibit it. */
test('an alert does not wait longer than those that it inhibits, but where the later one is told less loudly', () => {
  const late = inhibitRules.flatMap(({ source_matchers, target_matchers }) => {
    const targets = alertsMatching(target_matchers.flatMap(patternsOf)).filter(
      ({ severity }) => severity === 'critical' && !target_matchers.includes('severity = warning'),
    );
    const sources = alertsMatching(source_matchers.flatMap(patternsOf)).filter(
      ({ severity }) => severity === 'critical' || !source_matchers.includes('severity = critical'),
    );
    return sources.flatMap((source) =>
      targets
        .filter((target) => target.name !== source.name && seconds(target.wait) < seconds(source.wait))
        .map((target) => `${source.name} (${source.wait}) inhibits ${target.name} (${target.wait})`),
    );
  });
  assert.deepEqual(late, toldBefore);
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
