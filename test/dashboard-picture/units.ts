/** A number as Grafana writes it in one of the units that the dashboards use. */
export function formatValue(value: number, unit: string, decimals?: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [, word] = /^suffix: (\w+)$/.exec(unit) ?? [];
  if (word !== undefined) return `${rounded(value, decimals)} ${word}`;
  return formats[unit]?.(value, decimals) ?? rounded(value, decimals);
}

const formats: Readonly<Record<string, (value: number, decimals?: number) => string>> = {
  none: (value, decimals) => rounded(value, decimals),
  short: (value, decimals) => scaled(value, ['', ' K', ' Mil', ' Bil'], { base: 1000, decimals }),
  s: duration,
  dtdhms: daysAndTime,
  bytes: (value, decimals) => scaled(value, [' B', ' KiB', ' MiB', ' GiB', ' TiB'], { base: 1024, decimals }),
  binBps: (value, decimals) => scaled(value, [' B/s', ' KiB/s', ' MiB/s', ' GiB/s'], { base: 1024, decimals }),
  percentunit: (value, decimals) => `${rounded(value * 100, decimals)}%`,
  ops: (value) => `${rounded(value)} ops/s`,
  reqps: (value) => `${rounded(value)} req/s`,
  dateTimeAsIso: (value) => new Date(value).toISOString().replace('T', ' ').slice(0, 19),
};

const spans = [
  ['year', 31_536_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['min', 60],
] as const;

/** `9 d 03:12:44`, as Grafana's `toDurationInDaysHoursMinutesSeconds` writes it. */
function daysAndTime(seconds: number): string {
  const time = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19);
  return seconds < 86_400 ? time : `${Math.floor(seconds / 86_400)} d ${time}`;
}

function duration(value: number, decimals?: number): string {
  const size = Math.abs(value);
  const span = spans.find(([, seconds]) => size >= seconds);
  if (span !== undefined) return `${rounded(value / span[1], decimals)} ${span[0]}s`;
  if (size >= 1 || size === 0) return `${rounded(value, decimals)} s`;
  return size >= 0.001 ? `${rounded(value * 1000)} ms` : `${rounded(value * 1_000_000)} µs`;
}

function scaled(
  value: number,
  suffixes: readonly string[],
  { base, decimals }: { readonly base: number; readonly decimals: number | undefined },
): string {
  const power = Math.min(
    Math.floor(Math.log(Math.max(Math.abs(value), 1)) / Math.log(base) + 1e-9),
    suffixes.length - 1,
  );
  return `${rounded(value / base ** power, decimals)}${suffixes[power] ?? ''}`;
}

function rounded(value: number, decimals?: number): string {
  if (decimals !== undefined) return value.toFixed(decimals);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}
