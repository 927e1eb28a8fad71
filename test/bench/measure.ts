import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuSeconds, scrape, sum, values } from './scrape.ts';

const scrapeCount = 200;
const scrapePauseMilliseconds = 25;
const idleSeconds = 30;

export interface ScrapeFigures {
  /** Seconds. */
  readonly p50: number;
  readonly p95: number;
  /** Of the answer as it went over the wire. */
  readonly bytes: number;
}

export interface Figures {
  readonly series: number;
  readonly pollSeconds: readonly number[];
  readonly scrapes: { readonly plain: ScrapeFigures; readonly gzip: ScrapeFigures };
  readonly cpuSecondsPerScrape: number;
  readonly idleCpuSecondsPerSecond: number;
  /** While there are polls and no scrapes. */
  readonly longestStopSeconds: number;
  readonly residentBytes: number;
  readonly loginsPerMinute: number;
}

/** Measures a running exporter through its HTTP port only. */
export async function measure(url: string, say: (text: string) => void): Promise<Figures> {
  say('waiting for both servers to be polled');
  let page = '';
  while ((page.match(/^milink_up\{[^}]*\} 1$/gm)?.length ?? 0) < 2) {
    await wait(200);
    page = await scrape(`${url}/metrics`);
  }
  say(`waiting ${idleSeconds} s without scrapes`);
  const before = await scrape(`${url}/metrics`);
  await wait(idleSeconds * 1000);
  page = await scrape(`${url}/metrics`);
  const idleCpuSecondsPerSecond = (cpuSeconds(page) - cpuSeconds(before)) / idleSeconds;
  say(`scraping ${scrapeCount} times plain, then ${scrapeCount} times with gzip`);
  const start = performance.now();
  const plain = await scrapeOften(url, 'identity');
  const gzip = await scrapeOften(url, 'gzip');
  const after = await scrape(`${url}/metrics`);
  const minutes = (performance.now() - start + idleSeconds * 1000) / 60_000;
  return {
    series: after.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    pollSeconds: values(after, 'milink_poll_duration_seconds'),
    scrapes: { plain, gzip },
    cpuSecondsPerScrape: (cpuSeconds(after) - cpuSeconds(page)) / (2 * scrapeCount),
    idleCpuSecondsPerSecond,
    longestStopSeconds: values(page, 'nodejs_eventloop_lag_max_seconds')[0] ?? Number.NaN,
    residentBytes: values(after, 'process_resident_memory_bytes')[0] ?? Number.NaN,
    loginsPerMinute: (sum(values(after, 'milink_logins_total')) - sum(values(before, 'milink_logins_total'))) / minutes,
  };
}

async function scrapeOften(url: string, encoding: 'identity' | 'gzip'): Promise<ScrapeFigures> {
  const agent = new Agent({ keepAlive: true });
  const seconds: number[] = [];
  let bytes = 0;
  for (let count = 0; count < scrapeCount; count += 1) {
    const start = performance.now();
    bytes = await answerBytes(url, encoding, agent);
    seconds.push((performance.now() - start) / 1000);
    // Scrapes are spread over several polls, so that those right after a change are among them.
    await wait(scrapePauseMilliseconds);
  }
  agent.destroy();
  seconds.sort((one, other) => one - other);
  const at = (share: number): number => seconds[Math.floor(share * (seconds.length - 1))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), bytes };
}

/** Reads an answer to its end as it comes over the wire: what unpacking it costs is the scraper's affair. */
async function answerBytes(url: string, encoding: string, agent: Agent): Promise<number> {
  const request = get(`${url}/metrics`, { agent, headers: { 'Accept-Encoding': encoding } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return bytes;
}
