import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertGroups } from '../../../src/mixin/alerts/groups.ts';
import { promtool } from '../tool.ts';
import { lintPanels } from './lint-panels.ts';
import { lintQueries } from './lint-queries.ts';
import { lintVariables } from './lint-variables.ts';
import { type DashboardJson, dashboards, panelsOf } from './model.ts';

const lint = (dashboard: DashboardJson): readonly string[] => [
  ...lintVariables(dashboard),
  ...lintPanels(dashboard),
  ...lintQueries(dashboard),
];

test('the dashboards are the six that links and alerts name', () => {
  const uids = dashboards.map(({ uid }) => uid);
  assert.deepEqual(uids, [
    'milink-links',
    'milink-link',
    'milink-seeding',
    'milink-certificates',
    'milink-azure',
    'milink-exporter',
  ]);
  assert.equal(new Set(dashboards.map(({ title }) => title)).size, uids.length);
});

for (const dashboard of dashboards) {
  test(`${dashboard.title}: the rules of dashboard-linter hold`, () => assert.deepEqual(lint(dashboard), []));
}

test('promtool can read every query too', () => {
  const queries = dashboards.flatMap(panelsOf).flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const annotations = dashboards.flatMap(({ annotations }) => annotations?.list.map(({ expr }) => expr) ?? []);
  const rules = [...queries, ...annotations].map((query, index) => ({
    record: `query:${index}`,
    expr: query.replaceAll('$__rate_interval', '1m'),
  }));
  promtool(['check', 'rules', 'queries.yaml'], {
    'queries.yaml': JSON.stringify({ groups: [{ name: 'queries', rules }] }),
  });
});

test('a link from a table names a dashboard that exists and variables that it has', () => {
  const urls = dashboards
    .flatMap(panelsOf)
    .flatMap(({ fieldConfig }) => fieldConfig.overrides)
    .flatMap(({ properties }) => properties)
    .flatMap(({ id, value }) => (id === 'links' ? (value as { url: string }[]) : []))
    .map(({ url }) => url);
  assert.ok(urls.length > 0);
  for (const url of new Set(urls)) {
    const [, uid] = /^\/d\/([\w-]+)\//.exec(url) ?? [];
    const target = dashboards.find((dashboard) => dashboard.uid === uid);
    assert.ok(target, url);
    const known = target.templating.list.map(({ name }) => name);
    const named = [...url.matchAll(/var-(\w+)=|\{(\w+):queryparam\}/g)].map(([, one, other]) => one ?? other ?? '');
    assert.deepEqual(
      named.filter((name) => !known.includes(name)),
      [],
    );
  }
});

test('every alert leads to a dashboard that exists and has the variables that it sets', () => {
  for (const { name, dashboard } of alertGroups.flatMap(({ rules }) => rules)) {
    const target = dashboards.find(({ uid }) => uid === dashboard.uid);
    const known = target?.templating.list.map((variable) => variable.name) ?? [];
    assert.deepEqual(
      dashboard.labels.filter((label) => !known.includes(label)),
      [],
      `${name} leads to ${dashboard.uid}`,
    );
  }
});

/** The first dashboard as text with one thing broken, and the complaint that it must bring. */
const broken: readonly (readonly [what: string, from: string | RegExp, to: string, complaint: RegExp])[] = [
  ['a query', 'count(group', 'count((group', /no PromQL/],
  ['the job of a query', 'primaries{job=~\\"$job\\",', 'primaries{', /lacks job=~/],
  [
    'the instance of a query',
    'primaries{job=~\\"$job\\",instance=~\\"$instance\\"',
    'primaries{job=~\\"$job\\"',
    /lacks instance=~/,
  ],
  ['a metric', 'milink_link_primaries', 'milink_link_primarys', /milink_link_primarys does not exist/],
  ['a counter', 'milink_link_primaries', 'milink_polls_total', /milink_polls_total outside of a rate/],
  ['a rate', 'max by (link, managed_instance) (milink_link_pri', 'rate(milink_link_pri', /is no counter|no PromQL/],
  ['a unit', '"unit":"s"', '"unit":"secs"', /no unit of Grafana: secs/],
  ['a title', '"title":"Links"', '"title":""', /no title/],
  ['a description', /"description":"How many links[^"]*"/, '"description":""', /no description/],
  ['words for an empty panel', '"noValue":"No link."', '"noValue":""', /no words/],
  ['an id', '"id":2,', '"id":1,', /two panels have the id 1/],
  ['a place', '"x":3,"y":1,', '"x":2,"y":1,', /overlap/],
  ['a width', '"w":24,"h":12', '"w":25,"h":12', /beyond the grid/],
  ['a letter', '"refId":"B"', '"refId":"A"', /two targets of one letter/],
  ['a legend', '"showLegend":true', '"showLegend":false', /no legend/],
  ['the data source', '"uid":"$datasource"', '"uid":"abc"', /another data source/],
  ['the name of the data source', '"label":"Data source"', '"label":"Source"', /called Data source/],
  ['a refresh', '"refresh":2', '"refresh":1', /not refreshed/],
  ['all of a variable', '"allValue":".+"', '"allValue":".*"', /allValue/],
  [
    'a variable',
    '"definition":"label_values(milink_exporter_build_info, job)',
    '"definition":"label_values(job)',
    /the query/,
  ],
  ['that it is read-only', '"editable":false', '"editable":true', /can be edited/],
  ['the links', '"includeVars":true', '"includeVars":false', /no links/],
  ['the alerts', 'ALERTS{', 'ALARMS{', /no annotation/],
];

for (const [what, from, to, complaint] of broken) {
  test(`a dashboard with ${what} broken is complained of`, () => {
    const text = JSON.stringify(dashboards[0]);
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, 'nothing was broken');
    assert.match(lint(JSON.parse(changed)).join('\n'), complaint);
  });
}
