import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../src/metrics/exporter-definitions.ts';
import { generatedFiles } from '../../src/mixin/generated-files.ts';
import { promtool } from './promtool.ts';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: { readonly defaults: { readonly unit: string; readonly noValue: string } };
  readonly targets: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly datasource: { readonly uid: string };
  }[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly refresh?: number;
  readonly multi?: boolean;
  readonly allValue?: string;
  readonly definition?: string;
}

const known = new Set([...catalogue.map(({ name }) => name), exporterDefinitions.build.name]);
const counters = new Set(catalogue.filter(({ type }) => type === 'counter').map(({ name }) => name));
const dashboards: readonly Dashboard[] = generatedFiles()
  .filter(({ path }) => path.startsWith('grafana/dashboards/'))
  .map(({ content }) => JSON.parse(content));

const panelsOf = (dashboard: Dashboard): readonly Panel[] => dashboard.panels as unknown as readonly Panel[];
const variablesOf = (dashboard: Dashboard): readonly Variable[] =>
  dashboard.templating?.list as unknown as readonly Variable[];
const metricsIn = (query: string): readonly string[] => [...query.matchAll(/\bmilink_\w+/g)].map(([name]) => name);

test('promtool can read every query', () => {
  const queries = dashboards.flatMap(panelsOf).flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const rules = queries.map((query, index) => ({
    record: `query:${index}`,
    expr: query.replaceAll('$__rate_interval', '1m'),
  }));
  promtool(['check', 'rules', 'queries.yaml'], {
    'queries.yaml': JSON.stringify({ groups: [{ name: 'queries', rules }] }),
  });
});

test('there are dashboards, each with its own uid', () => {
  const uids = dashboards.map(({ uid }) => uid);
  assert.ok(uids.length > 0);
  assert.equal(new Set(uids).size, uids.length);
  for (const { editable, tags } of dashboards) {
    assert.equal(editable, false);
    assert.ok(tags?.includes('milink'));
  }
});

for (const dashboard of dashboards) {
  test(`${dashboard.title}: every query names families that exist, of the job and instance chosen`, () => {
    const expressions = panelsOf(dashboard).flatMap(({ targets }) => targets.map(({ expr }) => expr));
    for (const expression of expressions) {
      assert.ok(metricsIn(expression).length > 0, expression);
      assert.deepEqual(
        metricsIn(expression).filter((name) => !known.has(name)),
        [],
      );
      for (const [selector] of expression.matchAll(/\bmilink_\w+(\{[^}]*\})?/g)) {
        assert.match(selector, /job=~"\$job",instance=~"\$instance"/);
      }
      for (const name of metricsIn(expression).filter((metric) => counters.has(metric))) {
        assert.match(
          expression,
          new RegExp(`rate\\(${name}\\{[^}]*\\}\\[\\$__rate_interval\\]\\)`),
          'a counter is shown as a rate',
        );
      }
    }
  });

  test(`${dashboard.title}: every panel has an id, a title, a description, a unit, queries, and words for when it is empty`, () => {
    const panels = panelsOf(dashboard);
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    for (const { id, title, description, datasource, fieldConfig, targets } of panels) {
      assert.ok(Number.isInteger(id) && id > 0, title);
      assert.ok(title.length > 0);
      assert.match(description, /\.$/, title);
      assert.equal(datasource.uid, '$datasource');
      assert.ok(fieldConfig.defaults.unit, title);
      assert.match(fieldConfig.defaults.noValue, /\.$/, title);
      assert.ok(targets.length > 0, title);
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title);
      assert.ok(
        targets.every((target) => target.datasource.uid === '$datasource'),
        title,
      );
    }
  });

  test(`${dashboard.title}: panels fit the grid and don't overlap`, () => {
    const cells = panelsOf(dashboard).flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    assert.equal(new Set(cells).size, cells.length);
    assert.ok(panelsOf(dashboard).every(({ gridPos: { x, w } }) => x + w <= 24));
  });

  test(`${dashboard.title}: the reader chooses data source, job, instance, server and link`, () => {
    const [first, ...queries] = variablesOf(dashboard);
    assert.deepEqual([first?.name, first?.type], ['datasource', 'datasource']);
    assert.deepEqual(
      queries.map(({ name }) => name),
      ['job', 'instance', 'server', 'link'],
    );
    for (const { name, refresh, multi, allValue, definition } of queries) {
      assert.deepEqual({ refresh, multi, allValue }, { refresh: 2, multi: true, allValue: '.+' }, name);
      assert.deepEqual(
        metricsIn(definition ?? '').filter((metric) => !known.has(metric)),
        [],
      );
    }
  });
}
