import assert from 'node:assert/strict';
import { answer, type Series } from '../daemons/prometheus.ts';
import type { DashboardJson, TargetJson, VariableJson } from '../mixin/dashboards/model.ts';

/** What a reader of a dashboard has chosen: the values by the name of the variable, already as PromQL has them. */
export type Chosen = Readonly<Record<string, string>>;

/** The time range of a dashboard, in Unix seconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Where to ask, and what `$__rate_interval` is. */
export interface Source {
  readonly url: string;
  readonly rateIntervalSeconds: number;
}

/**
 * Fills in the variables of a dashboard from the first to the last, as Grafana does: what is picked, else all, else the
 * first that there is.
 */
export async function chooseVariables(
  dashboard: DashboardJson,
  source: Source,
  picked: Readonly<Record<string, string>> = {},
): Promise<Chosen> {
  let chosen: Chosen = {};
  for (const variable of dashboard.templating.list.filter(({ type }) => type === 'query')) {
    const options = await optionsOf(variable, source, chosen);
    const pick = picked[variable.name];
    const value = pick === undefined ? defaultOf(variable, options) : escaped(pick);
    chosen = { ...chosen, [variable.name]: value };
  }
  return chosen;
}

/** What the list of a variable offers: without the empty value, which Grafana leaves out. */
export async function optionsOf(
  { definition = '' }: VariableJson,
  source: Source,
  chosen: Chosen,
): Promise<readonly string[]> {
  const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/s.exec(definition) ?? [];
  const parameters = new URLSearchParams({ 'match[]': substitute(selector, source, chosen) });
  const values = await answer<readonly string[]>(`${source.url}/api/v1/label/${label}/values?${parameters}`);
  return values.filter((value) => value !== '');
}

/** What a panel's query gives: its value at the end of the range, or all of the range. */
export async function runTarget(
  { expr, instant }: TargetJson,
  { source, chosen, range }: { readonly source: Source; readonly chosen: Chosen; readonly range: TimeRange },
): Promise<readonly Series[]> {
  const query = substitute(expr, source, chosen);
  if (instant === true) {
    const parameters = new URLSearchParams({ query, time: String(range.to) });
    const { result } = await answer<{ result: readonly InstantSeries[] }>(`${source.url}/api/v1/query?${parameters}`);
    return result.map(({ metric, value }) => ({ metric, values: [value] }));
  }
  const { from, to, step } = range;
  const parameters = new URLSearchParams({ query, start: String(from), end: String(to), step: String(step) });
  return (await answer<{ result: readonly Series[] }>(`${source.url}/api/v1/query_range?${parameters}`)).result;
}

interface InstantSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** A text with its variables filled in. */
export function substitute(text: string, { rateIntervalSeconds }: Source, chosen: Chosen): string {
  const values: Chosen = { ...chosen, __rate_interval: `${rateIntervalSeconds}s` };
  return text.replace(/\$([a-z_]\w*)/gi, (whole, name: string) => {
    const value = values[name];
    assert.notEqual(value, undefined, `nothing is chosen for ${whole} in ${text}`);
    return value ?? '';
  });
}

/** `All` is `allValue` as it is, or else every option; a variable without `All` begins with its first option. */
function defaultOf({ includeAll, allValue }: VariableJson, options: readonly string[]): string {
  if (includeAll !== true) return escaped(options[0] ?? '');
  return allValue ?? `(${options.map(escaped).join('|')})`;
}

/** A value within a regular expression within a string of PromQL. */
function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\\$&`);
}
