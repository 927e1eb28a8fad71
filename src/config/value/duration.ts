const unitMilliseconds = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** As Prometheus: whole numbers, each unit at most once, the larger first. Weeks and years are no polling intervals. */
const durationPattern = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Beyond this a number of milliseconds is no longer exact. */
const maximumDigits = 9;

/** Milliseconds of a duration like `15s` or `1m30s`; null when the text is not one. */
export function parseDuration(text: string): number | null {
  const match = durationPattern.exec(text);
  if (match === null || text === '') return null;
  const counts = match.slice(1).map((digits) => digits ?? '0');
  if (counts.some((digits) => digits.length > maximumDigits)) return null;
  return Object.values(unitMilliseconds).reduce(
    (sum, milliseconds, index) => sum + Number(counts[index] ?? 0) * milliseconds,
    0,
  );
}

/** A number of milliseconds as a duration that `parseDuration` reads: `1m30s`, `500ms`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds);
  let text = '';
  for (const [unit, size] of Object.entries(unitMilliseconds)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}
