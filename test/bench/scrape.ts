import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** The page at a URL, as text, asked for with gzip: over a connection of its own, since one that rests may be closed just now. */
export async function scrape(url: string): Promise<string> {
  // On a machine that is busier than it can be, an exporter gives up a request whose head it has not come to in time.
  for (let tries = 1; tries < mostTries; tries += 1) {
    const page = await scrapeOnce(url).catch(() => null);
    if (page !== null) return page;
  }
  return scrapeOnce(url);
}

const mostTries = 5;

async function scrapeOnce(url: string): Promise<string> {
  const request = get(url, { agent: false, headers: { 'Accept-Encoding': 'gzip' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return (response.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
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
