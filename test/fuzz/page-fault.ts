const series =
  /^[a-z_][a-z0-9_]*(?:\{(?:[a-z_][a-z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)(?: # .*)?$/;

/** What is wrong with a page of metrics, whatever the servers said; null: nothing. */
export function pageFault(page: string): string | null {
  const seen = new Set<string>();
  for (const line of page.split('\n')) {
    if (line === '' || line.startsWith('# ')) continue;
    if (!series.test(line)) return `no series: ${line.slice(0, 300)}`;
    const key = line.slice(0, line.lastIndexOf(' '));
    if (seen.has(key)) return `twice: ${key.slice(0, 300)}`;
    seen.add(key);
  }
  return null;
}
