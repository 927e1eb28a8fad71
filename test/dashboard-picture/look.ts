import type { FieldDefaultsJson, MappingJson, ThresholdsJson } from '../mixin/dashboards/model.ts';
import { formatValue } from './units.ts';

/** Grafana's named colours in its dark theme, those that the dashboards use. */
const named: Readonly<Record<string, string>> = {
  green: '#73bf69',
  'dark-green': '#37872d',
  red: '#f2495c',
  'dark-red': '#c4162a',
  orange: '#ff9830',
  'dark-orange': '#fa6400',
  yellow: '#fade2a',
  blue: '#5794f2',
  'light-blue': '#8ab8ff',
  purple: '#b877d9',
  transparent: 'transparent',
};

/** Grafana's classic palette, for series without a colour of their own. */
export const palette = [
  '#73bf69',
  '#f2cc0c',
  '#8ab8ff',
  '#ff780a',
  '#f2495c',
  '#5794f2',
  '#b877d9',
  '#705da0',
  '#37872d',
];

/** How one value is shown. */
export interface Shown {
  readonly text: string;
  /** CSS; null where nothing says one. */
  readonly color: string | null;
}

/** A value in its words or its unit, with its colour. */
export function show(value: number, field: FieldDefaultsJson): Shown {
  const word = wordOf(value, field.mappings ?? []);
  if (word !== undefined) return { text: word.text, color: cssColor(word.color) };
  const text = formatValue(value, field.unit ?? 'none', field.decimals);
  return { text, color: field.thresholds === undefined ? null : cssColor(stepColor(value, field.thresholds)) };
}

/** A colour's CSS. A name that is not known here fails: it may be a slip of the pen. */
export function cssColor(name: string): string {
  const color = named[name];
  if (color === undefined) throw new Error(`the colour ${name} is not known here: add it to look.ts if Grafana has it`);
  return color;
}

/** The limits of a field, without the first step, which has no lower end. */
export function limitsOf({ thresholds }: FieldDefaultsJson): readonly (readonly [value: number, color: string])[] {
  return (thresholds?.steps ?? []).flatMap(({ value, color }) => (value === null ? [] : [[value, cssColor(color)]]));
}

function wordOf(value: number, mappings: readonly MappingJson[]) {
  return mappings.map(({ options }) => options[String(value)]).find((word) => word !== undefined);
}

function stepColor(value: number, { steps }: ThresholdsJson): string {
  return steps.findLast((step) => step.value === null || value >= step.value)?.color ?? 'text';
}

/** Text within HTML. */
export function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
