import type { AssessedLink } from '../link/data/link.ts';
import type { AzureState } from '../model/azure/state.ts';
import type { ServerState } from '../model/server-state.ts';

/** Everything that the state families are projected from, as one consistent whole. */
export interface State {
  readonly servers: readonly ServerState[];
  readonly links: readonly AssessedLink[];
  /** Absent where Azure is not read. */
  readonly azure?: AzureState;
}

export type MetricType = 'gauge' | 'counter' | 'info';

/** One sample: every declared label with a value, and a finite number. A value that is not known has no sample. */
export interface Sample<Label extends string = string> {
  readonly labels: { readonly [L in Label]: string };
  readonly value: number;
}

/** What is the same when it looks the same. */
export type Plain = string | number | boolean | null;

/**
 * A metric as data. `name` is complete, with unit and the suffix `_total` or `_info`; `help` names the DMV column.
 * `samples` is pure, never throws and yields each label set once.
 */
export interface Family<Label extends string = string> {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly labels: readonly Label[];
  /** The system view column(s) or `exporter`: shown in docs/metrics.md. */
  readonly source: string;
  readonly samples: (state: State) => Iterable<Sample<Label>>;
  /** All that the samples are made of: as long as it is the same, so are they. Absent: they are made anew to know. */
  readonly basis?: (state: State) => readonly Plain[];
  /** What each series is about, where the labels do not tell. */
  readonly scope?: Scope;
  /** Where the samples are made of nothing but what other series have in a label. */
  readonly gathers?: Gathering<Label>;
}

/**
 * What a series is made from, and nothing else is: `server` one server and the links that it shows an end of; `link` one link
 * and the servers of its ends; `azure` what Azure says of all; `state` everything.
 */
export type Scope = 'server' | 'link' | 'azure' | 'state';

/** Samples that are made of the values that a label has in other families. */
export interface Gathering<Label extends string = string> {
  readonly from: readonly Family[];
  readonly label: string;
  readonly samples: (values: ReadonlySet<string>) => Iterable<Sample<Label>>;
}

/** Declares a family so that its label names are checked against its samples by the compiler. */
export function family<const Label extends string>(definition: Family<Label>): Family<Label> {
  return definition;
}

/** The families without those that are not published. */
export function publishedFamilies(
  families: readonly Family[],
  isPublished: (name: string) => boolean,
): readonly Family[] {
  return families.filter(({ name }) => isPublished(name));
}
