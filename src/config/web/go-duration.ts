const unitSeconds = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const;

const partPattern = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;

/** Seconds of a duration as Go writes it, like `1s`, `1.5s`, `1h30m` or `0`; null when the text is not one. */
export function parseGoDuration(text: string): number | null {
  if (text === '0') return 0;
  const parts = [...text.matchAll(partPattern)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return null;
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * secondsOf(unit ?? ''), 0);
  return Number.isFinite(seconds) ? seconds : null;
}

function secondsOf(unit: string): number {
  return Object.entries(unitSeconds).find(([name]) => name === unit)?.[1] ?? Number.NaN;
}
