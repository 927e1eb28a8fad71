import type { Settings } from './config.ts';

/** What a selector needs of a metric: a `Family` is one, and so is any series that Prometheus makes itself. */
export interface Metric<Label extends string = string> {
  readonly name: string;
  readonly labels: readonly Label[];
}

/** The value of a label: equal to, different from, or matched, or not matched, by an anchored regular expression. */
type Matcher = string | { readonly not: string } | { readonly matches: string } | { readonly unlike: string };

/** Matchers by label name. */
export type Matchers<Label extends string> = { readonly [Name in Label]?: Matcher };

/** Labels that Prometheus gives every series from the target that it scraped. */
type TargetLabel = 'job' | 'instance';

/** Writes selectors: `name{role="PRIMARY"}`. A label that the metric doesn't have does not compile. */
export type Select = <Label extends string>(
  metric: Metric<Label>,
  matchers?: Matchers<NoInfer<Label> | TargetLabel>,
) => string;

/** What Prometheus says of each target: 1 when the latest scrape of it succeeded, else 0. */
export const scrapeUp: Metric<TargetLabel> = { name: 'up', labels: [] };

/** A writer of selectors that all carry the common matchers (of target labels, such as `job`). */
export function selectorWith(common: Matchers<string>): Select {
  return ({ name }, matchers = {}) => selectorText(name, matcherTexts({ ...common, ...matchers }));
}

/**
 * A writer of selectors that all end in the same matchers, written in PromQL: none when empty. At the end, because what
 * jsonnet fills in may be empty too, and PromQL allows `{a="b",}` but not `{,a="b"}`.
 */
export function selectorEndingIn(common: string): Select {
  return ({ name }, matchers = {}) =>
    selectorText(name, [...matcherTexts(matchers), ...(common === '' ? [] : [common])]);
}

function selectorText(name: string, parts: readonly string[]): string {
  return parts.length === 0 ? name : `${name}{${parts.join(',')}}`;
}

function matcherTexts(matchers: Matchers<string>): readonly string[] {
  return Object.entries<Matcher | undefined>(matchers).flatMap(([label, matcher]) =>
    matcher === undefined ? [] : [matcherText(label, matcher)],
  );
}

function matcherText(label: string, matcher: Matcher): string {
  if (typeof matcher === 'string') return `${label}=${JSON.stringify(matcher)}`;
  if ('unlike' in matcher) return `${label}!~${JSON.stringify(matcher.unlike)}`;
  return 'not' in matcher ? `${label}!=${JSON.stringify(matcher.not)}` : `${label}=~${JSON.stringify(matcher.matches)}`;
}

type Identity = Pick<Settings, 'identity'>;

/** `by (...)`: the labels, and those that tell environments apart. */
export function by({ identity }: Identity, labels: readonly string[]): string {
  return `by (${identity}${labels.join(', ')})`;
}

/** `on (...)`: the labels, and those that tell environments apart. */
export function on({ identity }: Identity, labels: readonly string[]): string {
  return `on (${identity}${labels.join(', ')})`;
}

/** Moves an expression to the right, to stand in parentheses. */
export function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
