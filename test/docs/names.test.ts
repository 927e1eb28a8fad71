import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../src/metrics/exporter-definitions.ts';
import { alertGroups } from '../../src/mixin/alerts/groups.ts';
import { pages, root, textOf } from './calls.ts';

/** What the pages of today speak of: a decision and a list of changes may name what was. */
const present = pages.filter((page) => !/decisions|upgrading/.test(page));
const labelsByMetric = new Map<string, readonly string[]>(
  [...catalogue, ...Object.values(exporterDefinitions)].map(({ name, labels }) => [name, labels]),
);
/** What Prometheus adds, or a site. */
const labelsOfScrapes: readonly string[] = ['job', 'instance', 'cluster', 'environment'];
/** Written in full only in metrics.md, which is generated from the program: what else it exposes of itself. */
const inReference = new Set(textOf('docs/metrics.md').match(/\bmilink_\w+/g));

const base = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');

test('every metric that a page names is there, with the labels that it is asked by', () => {
  const wrong = present.flatMap((page) =>
    [...textOf(page).matchAll(/(?<![\w:./-])(milink_\w+)\b(?!\*|_)(?:\{([^}\n]*)\})?/g)].flatMap(
      ([, name = '', matchers = '']) => {
        if (!labelsByMetric.has(name) && !inReference.has(name) && !inReference.has(base(name)))
          return [`${page}: ${name}`];
        const labels = labelsByMetric.get(name);
        return matchers
          .split(',')
          .map((matcher) => matcher.trim().split(/[=!~]/)[0] ?? '')
          .filter(
            (label) => /^\w+$/.test(label) && !labelsOfScrapes.includes(label) && labels?.includes(label) === false,
          )
          .map((label) => `${page}: ${name} has no label ${label}`);
      },
    ),
  );
  assert.deepEqual(wrong, []);
});

test('every alert that a page names is there', () => {
  const names = new Set(alertGroups.flatMap(({ rules }) => rules.map(({ name }) => name)));
  const wrong = pages.flatMap((page) =>
    (textOf(page).match(/\bMilink[A-Z]\w+/g) ?? [])
      .filter((name) => !names.has(name))
      .map((name) => `${page}: ${name}`),
  );
  assert.deepEqual(wrong, []);
});

/** GitHub's rule for the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

test('every link to a place within a page leads there', () => {
  const places = (file: string): ReadonlySet<string> => {
    const text = readFileSync(join(root, file), 'utf8');
    return new Set([
      ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)),
      ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
    ]);
  };
  const known = new Map<string, ReadonlySet<string>>();
  const wrong = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)#:\s]*)#([^)\s]+)\)/g)].flatMap(([, path = '', anchor = '']) => {
      const file = path === '' ? page : join(dirname(page), path);
      const there = known.get(file) ?? places(file);
      known.set(file, there);
      return there.has(anchor) ? [] : [`${page}: ${path}#${anchor}`];
    }),
  );
  assert.deepEqual(wrong, []);
});
