import type { Settings } from '../config.ts';
import { by, indented, on } from '../promql.ts';
import { type AlertRule, type Duration, durationSeconds, type RecordingRule, type Severity } from '../rules.ts';
import { bad, open, since, told, well } from './series.ts';

/** What an alert is told by, beside the labels that tell environments apart. */
export type Key = Exclude<(typeof told.labels)[number], 'alert' | 'wait'>;

/**
 * An alert that is judged by evidence. `wrong` and `right` are PromQL that give, by `keys`, the Unix time at which it was last
 * seen that it is so; what neither gives was not seen. It is told when what was seen was wrong for `wait` without having
 * been right in between, or for half of a quarter of an hour, and it ends when it was seen right for as long as a pause can be.
 */
export interface Watch extends Omit<AlertRule, 'expression' | 'for'> {
  readonly keys: readonly Key[];
  readonly wrong: string;
  readonly right: string;
  /** One stretch that is shorter is not told. */
  readonly wait: Duration;
  /** What ends it that nobody needs to see, for docs/alerts.md. */
  readonly silences: string;
}

/** What an alert is called in the label `alert` of its evidence. */
export function watchId({ name, severity }: { readonly name: string; readonly severity: Severity }): string {
  return `${name} ${severity}`;
}

function labelsOf(watch: Watch): Readonly<Record<string, string>> {
  return { alert: watchId(watch), wait: String(durationSeconds(watch.wait)) };
}

/** What was seen of the things that an alert is about. */
export function wrongRule(watch: Watch): RecordingRule {
  return {
    record: bad,
    labels: labelsOf(watch),
    expression: watch.wrong,
    keys: watch.keys,
    why: `${watch.name}: when it was last seen.`,
  };
}

/** Only what was wrong lately is asked for, so that an estate in good order costs nothing. */
export function rightRule(settings: Settings, watch: Watch): RecordingRule {
  const { keys, right } = watch;
  const own = select(watch);
  return {
    record: well,
    labels: labelsOf(watch),
    expression: [
      `max ${by(settings, keys)} (`,
      `  (${indented(right)})`,
      `  and ${on(settings, keys)} ${own(open.name)}`,
      ')',
    ].join('\n'),
    keys,
    why: `${watch.name}: when it was last seen that it is not so.`,
  };
}

/**
 * `right` of an alert with more labels than what speaks for it: what is open of it is well where the expression, by fewer
 * labels, gives something.
 */
export function openIn(
  settings: Settings,
  watch: Pick<Watch, 'name' | 'severity' | 'keys'>,
  { labels, expression }: { readonly labels: readonly string[]; readonly expression: string },
): string {
  return [
    `group ${by(settings, watch.keys)} (${select(watch)(open.name)})`,
    `* ${on(settings, labels)} group_left ()`,
    `(${indented(expression)})`,
  ].join('\n');
}

/** The alert: its value is the age of what is known, in seconds. */
export function alertOf(settings: Settings, watch: Watch): AlertRule {
  const { keys, wrong: _wrong, right: _right, ...alert } = watch;
  return {
    ...alert,
    keys,
    expression: `time() - max ${by(settings, keys)} (${select(watch)(told.name)} >= 0)`,
    description: `${watch.description}${sinceText(settings, watch)}${ageText}`,
  };
}

/**
 * Since when, of what is seen now or was seen last: nothing where it was seen well or said by another alert since then. Values in
 * ASCII, as in every query of a text; a key that the alert lacks is an empty value, which is a label that the series lacks.
 */
function sinceText(settings: Settings, watch: Watch): string {
  const matchers = [`alert='${watchId(watch)}'`, ...watch.keys.map((key) => `${key}=%+q`)].join(',');
  const series = `last_over_time(${since.name}{${settings.identityMatchers}${matchers}}[${windows.memory}]) >= 0`;
  const values = watch.keys.map((key) => `$labels.${key}`).join(' ');
  return `{{ with printf \`${series}\` ${settings.identityValues}${values} | query }} Seen without a break since {{ (. | first | value | toTime).Format "2006-01-02 15:04:05" }} UTC.{{ end }}`;
}

/** What every text of a watched alert ends in when nobody sees what it is about. */
const ageText =
  '{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}';

function select(watch: Pick<Watch, 'name' | 'severity'>): (name: string) => string {
  return (name) => `${name}{alert="${watchId(watch)}"}`;
}

/**
 * The ranges that the rules look back over. None is a whole number of seconds: the recorded series have a sample at every whole
 * interval, and whether the one at the very edge counts is what Prometheus 2 and 3 differ in.
 */
export const windows = {
  /** What is present for half of this is told. */
  flapping: '14m53s500ms',
  /** The same for alerts that wait for up to half an hour. */
  slowFlapping: '59m53s500ms',
  /** Longer than the pauses of what is present for half of any quarter of an hour, and what the polls add: only then it is over. */
  over: '8m29s500ms',
  /** How long a run goes on without being seen. */
  run: '14m53s500ms',
  /** How long something is remembered that nobody sees: beyond any restart. */
  memory: '1d',
} as const;

/** Seconds of `windows.memory`. */
export const memorySeconds = 86_400;

/** After this many seconds without news an alert ends, having said for half of it that it is old. */
export const forgottenSeconds = 2 * memorySeconds;
