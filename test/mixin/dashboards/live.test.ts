import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { azureReadsTotal } from '../../../src/metrics/families/azure/reading.ts';
import { errorsTotal } from '../../../src/metrics/families/error.ts';
import { pollFailuresTotal } from '../../../src/metrics/families/polling.ts';
import type { Series } from '../../daemons/prometheus.ts';
import { answerPanel } from '../../dashboard-picture/answers.ts';
import { drawPage } from '../../dashboard-picture/page.ts';
import { type Estate, instances, scrapeIntervalSeconds, startEstate } from '../../estate/estate.ts';
import {
  type Chosen,
  chooseVariables,
  optionsOf,
  runTarget,
  type Source,
  type TimeRange,
} from '../../estate/grafana.ts';
import { type DashboardJson, dashboards, type PanelJson, panelsOf, type TargetJson } from './model.ts';

const scope = new AsyncDisposableStack();
const rateIntervalSeconds = 4 * scrapeIntervalSeconds;
let estate: Estate;
let source: Source;
let range: TimeRange;

before(async () => {
  estate = await startEstate(scope, { behindSeconds: 600 });
  // What changed is told of what was seen before.
  await estate.scrapes(1);
  await estate.begin();
  await estate.scrapes(4);
  // What comes later than all else, and later still on a busy machine: a second entry in an error log, a poll after a failed one.
  await estate.shows(`increase(${errorsTotal.name}[${rateIntervalSeconds}s])`);
  await estate.shows(`rate(${pollFailuresTotal.name}[${rateIntervalSeconds}s]) > 0`);
  const to = await estate.scrapes(1);
  source = { url: estate.prometheus.url, rateIntervalSeconds };
  range = { from: to - 15, to, step: scrapeIntervalSeconds };
  await estate.freeze();
});
after(() => scope.disposeAsync());

const run = (target: TargetJson, chosen: Chosen): Promise<readonly Series[]> =>
  runTarget(target, { source, chosen, range });

const plain: Omit<TargetJson, 'expr'> = { refId: 'A', legendFormat: '' };

/** A number that can be drawn. */
const isDrawable = ({ values }: Series): boolean => values.some(([, value]) => Number.isFinite(Number(value)));

/** What a reader may look at: all links, or where one is chosen, each of them. */
async function choices(dashboard: DashboardJson): Promise<readonly Chosen[]> {
  const single = dashboard.templating.list.find(({ type, includeAll }) => type === 'query' && includeAll !== true);
  const all = await chooseVariables(dashboard, source);
  if (single === undefined) return [all];
  const options = await optionsOf(single, source, all);
  return Promise.all(options.map((option) => chooseVariables(dashboard, source, { [single.name]: option })));
}

for (const dashboard of dashboards) {
  test(`${dashboard.title}: every list of a variable offers something`, async () => {
    const chosen = await chooseVariables(dashboard, source);
    for (const variable of dashboard.templating.list.filter(({ type }) => type === 'query')) {
      assert.notDeepEqual(await optionsOf(variable, source, chosen), [], variable.name);
    }
  });

  test(`${dashboard.title}: every query of every panel gives data in one of the scenarios`, async () => {
    const readers = await choices(dashboard);
    const empty: string[] = [];
    for (const { title, targets } of panelsOf(dashboard)) {
      for (const target of targets) {
        const answers = await Promise.all(readers.map((chosen) => run(target, chosen)));
        if (!answers.flat().some(isDrawable)) empty.push(`${title} ${target.refId}: ${target.expr}`);
      }
    }
    assert.deepEqual(empty, []);
  });
}

test('every annotation of every dashboard but that of the alerts marks something', async () => {
  for (const dashboard of dashboards) {
    for (const { name, expr } of dashboard.annotations?.list ?? []) {
      if (name === 'Alerts') continue;
      const marks = await Promise.all((await choices(dashboard)).map((chosen) => run({ ...plain, expr }, chosen)));
      assert.ok(marks.flat().some(isDrawable), `${dashboard.title}: ${name}`);
    }
  }
});

for (const dashboard of dashboards) {
  test(`${dashboard.title}: it can be drawn, each panel in words, units and colours that are known`, async () => {
    const chosen = await chooseVariables(dashboard, source);
    const panels = await Promise.all(dashboard.panels.map((panel) => answerPanel(panel, { source, chosen, range })));
    const { page } = drawPage(dashboard, chosen, panels);
    assert.equal(page.split('<section').length - 1, dashboard.panels.length);
    assert.doesNotMatch(page, /NaN|undefined|\[object/);
  });
}

for (const dashboard of dashboards.filter(({ uid }) => uid !== 'milink-exporter')) {
  test(`${dashboard.title}: two exporters that see the same show it once`, async () => {
    for (const link of ['DAG_Sales', 'DAG_Billing', 'DAG_Orders']) {
      const name = link.replace('DAG_', '').toLowerCase();
      const pick = {
        link,
        server: `sql-${name}`,
        ...(dashboard.uid === 'milink-azure' ? { managed_instance: `mi-${name}` } : {}),
      };
      const [one, two] = await Promise.all(
        [instances.shared, '.+'].map((instance) => chooseVariables(dashboard, source, { ...pick, instance })),
      );
      assert.ok(one && two);
      const both = { ...two, instance: '.+' };
      for (const panel of panelsOf(dashboard).filter(isOfLinks)) {
        const { title, targets } = panel;
        for (const target of targets) {
          const [alone, doubled]: (readonly Series[])[] = await Promise.all([run(target, one), run(target, both)]);
          assert.deepEqual(labelsOf(doubled ?? []), labelsOf(alone ?? []), `${link}, ${title} ${target.refId}`);
          if (isCount(panel, target))
            assert.deepEqual(numbersOf(doubled ?? []), numbersOf(alone ?? []), `${link}, ${title}`);
        }
      }
    }
  });
}

/** Not of the subscription: each exporter reads an Azure of its own here. */
function isOfLinks({ targets }: PanelJson): boolean {
  return !targets.some(({ expr }) => expr.includes(azureReadsTotal.name));
}

/** A figure that does not move with time: one without a unit, of a panel or of a column of a table. */
function isCount({ type, targets, fieldConfig, transformations = [] }: PanelJson, { refId }: TargetJson): boolean {
  const isPlain = ['short', 'none'].includes(fieldConfig.defaults.unit ?? '');
  if (type !== 'table') return type === 'stat' && isPlain;
  const titles = transformations.flatMap(({ options }) => Object.entries(options.renameByName ?? {}));
  const title = new Map(titles).get(targets.length === 1 ? 'Value' : `Value #${refId}`);
  const column = fieldConfig.overrides.find(({ matcher }) => matcher.options === title);
  return isPlain && !(column?.properties.some(({ id }) => id === 'unit') ?? false);
}

function numbersOf(series: readonly Series[]): readonly string[] {
  return series
    .map(({ metric, values }) => `${JSON.stringify(Object.entries(metric).sort())} ${values.at(-1)?.[1]}`)
    .sort();
}

function labelsOf(series: readonly Series[]): readonly string[] {
  return series.map(({ metric }) => JSON.stringify(Object.entries(metric).sort())).sort();
}
