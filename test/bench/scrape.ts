/** The page at a URL, as text. */
export async function scrape(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** The values of a family's series. */
export function values(page: string, name: string): number[] {
  const pattern = new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm');
  return [...page.matchAll(pattern)].map(([, value]) => Number(value));
}

/** What the process that serves the page has used until now. */
export function cpuSeconds(page: string): number {
  return sum(values(page, 'process_cpu_seconds_total'));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
