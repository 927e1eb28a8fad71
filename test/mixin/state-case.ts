import { assessLinks } from '../../src/link/assessor.ts';
import { catalogue } from '../../src/metrics/catalogue.ts';
import type { State } from '../../src/metrics/family.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { type Labels, type RuleCase, seriesText } from './rule-case.ts';

/** How the servers are for some minutes. */
export interface Phase {
  readonly minutes: number;
  readonly servers: readonly ServerState[];
}

/** A case whose series are what the families really yield, scraped by two exporters: no name or label is written by hand. */
export interface StateCase {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly expected?: readonly ExpectedLink[];
  readonly firing: Readonly<Record<string, readonly Labels[]>>;
}

const stepsPerMinute = 4;
/** These go with promtool's clock while an exporter polls, which it does in all of these cases. */
const moving = /^milink_(?:last_poll|last_success|view_last_read)_timestamp_seconds\{/;

/** The case as promtool takes it: a series that a phase does not have goes stale, as Prometheus does with it. */
export function ruleCase({ name, phases, expected = [], firing }: StateCase): RuleCase {
  const samples = phases.map(({ servers }) => samplesOf({ servers, links: assessLinks(servers, expected) }));
  const starts = phases.map((_, index) => phases.slice(0, index).reduce((sum, { minutes }) => sum + minutes * 60, 0));
  const names = new Set(samples.flatMap((phase) => [...phase.keys()]));
  const series = [...names].map((text) => {
    const parts = phases.map(({ minutes }, index) => {
      const steps = minutes * stepsPerMinute;
      const value = samples[index]?.get(text);
      if (value !== undefined && moving.test(text)) return `${starts[index]}+15x${steps - 1}`;
      if (value !== undefined) return `${value}x${steps - 1}`;
      return index > 0 && samples[index - 1]?.has(text) === true ? `stale _x${steps - 1}` : `_x${steps}`;
    });
    return [text, parts.join(' ')];
  });
  return { name, alert: '', series: Object.fromEntries(series), firing };
}

function samplesOf(state: State): ReadonlyMap<string, number> {
  return new Map(
    catalogue.flatMap(({ name, samples }) =>
      [...samples(state)].flatMap(({ labels, value }) =>
        ['a:10522', 'b:10522'].map(
          (instance) => [seriesText(name, { job: 'milink-exporter', instance, ...labels }), value] as const,
        ),
      ),
    ),
  );
}
