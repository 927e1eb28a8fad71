import { type AnsweredPanel, type NamedSeries, namedSeries } from './answers.ts';
import { html, limitsOf, palette, show } from './look.ts';
import { formatValue } from './units.ts';

/** Where a drawing has room, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const axisWidth = 70;
const axisHeight = 18;

/** One figure for each series, in its colour. */
export function drawStat(answered: AnsweredPanel): string {
  const cells = namedSeries(answered).map(({ values }) => {
    const { text, color } = show(Number(values.at(-1)?.[1]), answered.panel.fieldConfig.defaults);
    return `<div class="stat" style="background:${color ?? '#222'}">${html(text)}</div>`;
  });
  return `<div class="stats">${cells.join('')}</div>`;
}

/** Lines over time, with axis, limits and legend. */
export function drawTimeseries(answered: AnsweredPanel, size: Size): string {
  const { fieldConfig } = answered.panel;
  const series = namedSeries(answered);
  const numbers = series.flatMap(({ values }) => values.map(([, value]) => Number(value))).filter(Number.isFinite);
  const low = Math.min(fieldConfig.defaults.min ?? Number.POSITIVE_INFINITY, ...numbers);
  const high = Math.max(...numbers, low + 1e-9);
  const plot = plotOf(answered, size);
  const y = (value: number): number => plot.height * (1 - (value - low) / (high - low)) + 4;
  const ticks = [low, (low + high) / 2, high].map(
    (value) =>
      `<text x="${axisWidth - 6}" y="${y(value) + 4}" text-anchor="end">${html(formatValue(value, fieldConfig.defaults.unit ?? 'none'))}</text>` +
      `<line x1="${axisWidth}" x2="${size.width}" y1="${y(value)}" y2="${y(value)}" stroke="#2c2e35"/>`,
  );
  const limits = limitsOf(fieldConfig.defaults)
    .filter(([value]) => value >= low && value <= high)
    .map(
      ([value, color]) =>
        `<line class="limit" x1="${axisWidth}" x2="${size.width}" y1="${y(value)}" y2="${y(value)}" stroke="${color}"/>`,
    );
  const lines = series.map(({ values }, index) => {
    const points = values.map(([at, value]) => `${plot.x(at).toFixed(1)},${y(Number(value)).toFixed(1)}`);
    return `<polyline points="${points.join(' ')}" stroke="${paletteColor(index)}"/>`;
  });
  const names = series.map(({ name }, index) => [name, paletteColor(index)] as const);
  return svg(size, [...ticks, ...limits, ...lines, timeAxis(answered, size)]) + legend(names);
}

/** A bar for each series, coloured by its states. */
export function drawTimeline(answered: AnsweredPanel, size: Size): string {
  const series = namedSeries(answered);
  const nameWidth = Math.min(220, 12 + 6.5 * Math.max(...series.map(({ name }) => name.length)));
  const height = (size.height - axisHeight) / series.length;
  const plot = plotOf(answered, size, nameWidth);
  const seen = new Map<string, string>();
  const rows = series.map(({ name, values }: NamedSeries, index) => {
    const bars = values.map(([at, value]) => {
      const { text, color } = show(Number(value), answered.panel.fieldConfig.defaults);
      seen.set(text, color ?? '#888');
      const x = plot.x(at);
      const width = Math.max(plot.x(at + answered.range.step) - x, 1) + 0.5;
      return `<rect x="${x.toFixed(1)}" y="${index * height + 2}" width="${width.toFixed(1)}" height="${height * 0.8}" fill="${color ?? '#888'}"/>`;
    });
    return `<text x="${nameWidth - 6}" y="${(index + 0.5) * height + 3}" text-anchor="end">${html(name)}</text>${bars.join('')}`;
  });
  return svg(size, [...rows, timeAxis(answered, size, nameWidth)]) + legend([...seen]);
}

function plotOf({ range }: AnsweredPanel, { width, height }: Size, left = axisWidth) {
  const x = (at: number): number => left + ((at - range.from) / (range.to + range.step - range.from)) * (width - left);
  return { x, height: height - axisHeight - 8 };
}

function timeAxis({ range }: AnsweredPanel, { width, height }: Size, left = axisWidth): string {
  const time = (at: number): string => new Date(at * 1000).toISOString().slice(11, 19);
  return (
    `<text x="${left}" y="${height - 4}">${time(range.from)}</text>` +
    `<text x="${width - 2}" y="${height - 4}" text-anchor="end">${time(range.to)}</text>`
  );
}

function paletteColor(index: number): string {
  return palette[index % palette.length] ?? '#888';
}

function svg({ width, height }: Size, parts: readonly string[]): string {
  return `<svg width="${width}" height="${height}">${parts.join('')}</svg>`;
}

function legend(names: readonly (readonly [name: string, color: string])[]): string {
  const items = names.map(([name, color]) => `<span><i style="background:${color}"></i>${html(name)}</span>`);
  return `<div class="legend">${items.join('')}</div>`;
}
