import assert from 'node:assert/strict';
import { assessLinks } from '../../../src/link/assessor.ts';
import { catalogue } from '../../../src/metrics/catalogue.ts';
import { ruleGroupsFor } from '../../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { ruleFile } from '../../../src/mixin/rule-file.ts';
import type { ExpectedLink } from '../../../src/model/expected-link.ts';
import type { ServerState } from '../../../src/model/server-state.ts';
import type { ViewName, ViewReading } from '../../../src/model/snapshot.ts';
import { now } from '../../link/server-state.ts';
import { caseLabel, type Labels, seriesText, withoutTexts } from '../rule-case.ts';
import { promtoolAnswer } from '../tool.ts';

/** Servers as one exporter has them, which stay as they are. */
export interface World {
  readonly servers: readonly ServerState[];
  readonly expected?: readonly ExpectedLink[];
}

/** Longer than any alert waits, and its look back. */
const minutes = 45;
/** Of values and evaluations, which cost time: no longer than the five minutes that Prometheus looks back. */
const stepMinutes = 5;
const steps = minutes / stepMinutes;
/** promtool's clock starts at 0; here that is ten minutes before the states. */
const startSeconds = now - 600;
/** These go with the clock while an exporter polls, which it does here. */
const moving = /^milink_(?:last_poll|last_success|view_last_read)_timestamp_seconds$/;
const target = { job: 'milink-exporter', instance: 'a:10522' };

const settings = settingsOf({ ...mixinConfig, identityLabels: caseLabel });
const rules = ruleFile(ruleGroupsFor(settings), { head: ['head'], ...settings });
/** What no rule asks for costs promtool time and changes nothing. */
const judged = catalogue.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(rules));

/**
 * What fires in each world once every wait is over, as real Prometheus evaluates the shipped rules: some worlds are
 * environments of one run. promtool only compares, so it is asked for nothing and says what it got instead.
 */
export async function firingIn(worlds: readonly World[]): Promise<readonly (readonly Labels[])[]> {
  const starts = Array.from({ length: Math.ceil(worlds.length / batchSize) }, (_, batch) => batch * batchSize);
  const fired: (readonly Labels[])[] = [];
  for (const start of starts) fired.push(...(await firingInBatch(worlds.slice(start, start + batchSize))));
  return fired;
}

/** Loading costs promtool more than twice as much for twice the series, and one query may load only so many samples. */
const batchSize = 25;

async function firingInBatch(worlds: readonly World[]): Promise<readonly (readonly Labels[])[]> {
  const query = {
    expr: 'ALERTS{alertstate="firing",alertname!="MilinkWatchdog"}',
    eval_time: `${minutes}m`,
    exp_samples: [{ labels: '{what="promtool got"}', value: 1 }],
  };
  const test = {
    interval: `${stepMinutes}m`,
    input_series: worlds.flatMap((world, index) => seriesOf(world, String(index))),
    promql_expr_test: [query],
  };
  const text = JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: `${stepMinutes}m`, tests: [test] });
  const { printed: output } = await promtoolAnswer(['test', 'rules', 'worlds.yaml'], {
    'rules.yaml': withoutTexts(rules),
    'worlds.yaml': text,
  });
  const got = /^ *got: ?(.*)$/m.exec(output)?.[1];
  assert.ok(got !== undefined && got !== '', output.slice(0, 2000));
  const byWorld = Map.groupBy(alertsIn(got), (labels) => labels[caseLabel]);
  return worlds.map((_, index) => byWorld.get(String(index)) ?? []);
}

/** A view without rows failed in a poll that went on: the poller says of it why. */
function asPolled(server: ServerState): ServerState {
  if (server.outcome.kind !== 'ok') return server;
  const failure = { reason: 'permission', message: 'The SELECT permission was denied.', errorNumber: 229 } as const;
  const failed = Object.entries(server.outcome.snapshot.views).flatMap(([view, rows]) =>
    rows === null ? [[view as ViewName, { failure, readTimestampSeconds: null, durationSeconds: 0.01 }] as const] : [],
  );
  return { ...server, views: new Map<ViewName, ViewReading>([...server.views, ...failed]) };
}

function seriesOf({ servers: drawn, expected = [] }: World, name: string): readonly object[] {
  const servers = drawn.map(asPolled);
  const own = { [caseLabel]: name, ...target };
  const samples = judged.flatMap((family) =>
    [...family.samples({ servers, links: assessLinks(servers, expected) })].map(({ labels, value }) => {
      const series = seriesText(family.name, { ...own, ...labels });
      if (moving.test(family.name)) return { series, values: `0+${stepMinutes * 60}x${steps}` };
      return { series, values: `${/_timestamp_seconds$/.test(family.name) ? value - startSeconds : value}x${steps}` };
    }),
  );
  return [{ series: seriesText('up', own), values: `1x${steps}` }, ...samples];
}

/** `{a="b", c="d"} 1E+00, {...} 1E+00` */
function alertsIn(text: string): readonly Labels[] {
  return [...text.matchAll(/\{((?:\w+="(?:[^"\\]|\\.)*",? ?)*)\} 1E\+00/g)].map(([, labels = '']) =>
    Object.fromEntries(
      [...labels.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name, value = '""']) => [name, JSON.parse(value)]),
    ),
  );
}
