import type { MetricType } from './family.ts';

/** Prometheus text 0.0.4 (also valid as text 1.0.0: every name is of the legacy character set), or OpenMetrics 1.0.0. */
export type Format = 'text' | 'openmetrics';

/** One line of a family. `suffix` follows the family's name: `_bucket`, `_sum` and `_count` of a histogram, else empty. */
export interface Point {
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A family ready to be written. `name` is complete, with `_total` or `_info`. */
export interface ExposedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType | 'histogram';
  /** The order of the labels in each line. */
  readonly labels: readonly string[];
  readonly points: Iterable<Point>;
}

/** The text of some families, without the end mark, and what was written or left out. */
export interface Exposition {
  readonly text: string;
  readonly series: number;
  /** Lines left out because the same series was there already: the first one stays. */
  readonly duplicates: number;
  /** Lines left out because their value was not a finite number: NaN would claim to be a measurement. */
  readonly notFinite: number;
}

/** What ends a page; OpenMetrics 1.0 requires it so that a cut answer is noticed. */
export const endMark = { text: '', openmetrics: '# EOF\n' } as const satisfies Record<Format, string>;

/** Units that a name may end in, the longest first: OpenMetrics wants the unit to be the name's suffix. */
const units = ['bytes_per_second', 'seconds', 'bytes'] as const;

/** The lines of one family without what says which family it is. */
export type FamilyLines = Exposition;

export const noLines: FamilyLines = { text: '', series: 0, duplicates: 0, notFinite: 0 };

/** Writes the families in order. A family without a point to show is left out whole, metadata included. */
export function expose(families: Iterable<ExposedFamily>, format: Format): Exposition {
  const parts: string[] = [];
  let series = 0;
  let duplicates = 0;
  let notFinite = 0;
  for (const family of families) {
    const lines = exposeLines(family, format);
    duplicates += lines.duplicates;
    notFinite += lines.notFinite;
    if (lines.series === 0) continue;
    parts.push(familyHead(family, format), lines.text);
    series += lines.series;
  }
  return { text: parts.join(''), series, duplicates, notFinite };
}

/** Writes one line for each point of a family that can be shown. */
export function exposeLines(family: Omit<ExposedFamily, 'help' | 'type'>, format: Format): FamilyLines {
  const keys = new Set<string>();
  let text = '';
  let duplicates = 0;
  let notFinite = 0;
  for (const point of family.points) {
    if (!Number.isFinite(point.value)) {
      notFinite += 1;
      continue;
    }
    const key = seriesText(family, point, format);
    if (keys.has(key)) {
      duplicates += 1;
      continue;
    }
    keys.add(key);
    text += `${key} ${point.value}\n`;
  }
  return keys.size === 0 ? { ...noLines, notFinite } : { text, series: keys.size, duplicates, notFinite };
}

/** What stands before the lines of a family. */
export function familyHead({ name, help, type }: Omit<ExposedFamily, 'points'>, format: Format): string {
  if (format === 'text') {
    return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type === 'info' ? 'gauge' : type}\n`;
  }
  const family = openMetricsName(name, type);
  const unit = type === 'info' ? undefined : units.find((candidate) => family.endsWith(`_${candidate}`));
  return [
    `# TYPE ${family} ${type}\n`,
    unit === undefined ? '' : `# UNIT ${family} ${unit}\n`,
    `# HELP ${family} ${escapeLabelValue(help)}\n`,
  ].join('');
}

/** In OpenMetrics the suffix of a counter or an info belongs to the sample, not to the family. */
function openMetricsName(name: string, type: ExposedFamily['type']): string {
  if (type === 'counter') return name.replace(/_total$/, '');
  return type === 'info' ? name.replace(/_info$/, '') : name;
}

/** The name of a line with its labels: what tells it from others. */
export function seriesText(
  { name, labels }: Pick<ExposedFamily, 'name' | 'labels'>,
  point: Point,
  format: Format,
): string {
  const full = point.suffix === undefined ? name : name + point.suffix;
  let text = '';
  for (const label of labels) {
    const value = point.labels[label];
    if (value === undefined) continue;
    const canonical = label === 'le' && format === 'openmetrics' ? canonicalBound(value) : value;
    text += `${text === '' ? '' : ','}${label}="${escapeLabelValue(canonical)}"`;
  }
  return text === '' ? full : `${full}{${text}}`;
}

/** OpenMetrics 1.0, "Considerations: canonical numbers": a whole bound is written `1.0`. */
function canonicalBound(bound: string): string {
  return /^-?\d+$/.test(bound) ? `${bound}.0` : bound;
}

/** Label values are any Unicode; a lone surrogate has no UTF-8 form and becomes U+FFFD. */
function escapeLabelValue(value: string): string {
  const wellFormed = value.isWellFormed() ? value : value.toWellFormed();
  return /[\\"\n]/.test(wellFormed) ? wellFormed.replace(/[\\"\n]/g, escapeCharacter) : wellFormed;
}

/** The text format knows no escaped quote in HELP, OpenMetrics requires it (its `escaped-string`). */
function escapeHelp(help: string): string {
  return help.toWellFormed().replace(/[\\\n]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`;
}
