import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../cli/process.ts';
import { cpuSeconds, scrape, sum, values } from './scrape.ts';

const scrapeCount = 200;
const scrapePauseMilliseconds = 25;
/** Code that has run a few times only is several times as slow, and a first page is made from nothing. */
const warmUpSeconds = 90;
/** The lag of the event loop is that of the last minute. */
const idleSeconds = 60;

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
  readonly scrapes: {
    readonly plain: ScrapeFigures;
    readonly gzip: ScrapeFigures;
    /** A Node server that does nothing but send the bytes of a page in gzip, asked in turn with the exporter. */
    readonly bare: ScrapeFigures;
  };
  readonly cpuSecondsPerScrape: number;
  readonly idleCpuSecondsPerSecond: number;
  /** While there are polls and no scrapes, once all is warm. */
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
  say(`waiting ${warmUpSeconds} s, then ${idleSeconds} s without scrapes`);
  await wait(warmUpSeconds * 1000);
  const before = await scrape(`${url}/metrics`);
  await wait(idleSeconds * 1000);
  page = await scrape(`${url}/metrics`);
  const idleCpuSecondsPerSecond = (cpuSeconds(page) - cpuSeconds(before)) / idleSeconds;
  say(`scraping ${scrapeCount} times plain, then ${scrapeCount} times with gzip`);
  const start = performance.now();
  const [plain] = await scrapeOften([url], 'identity');
  const [gzip, bare] = await besideBare(url, (bareUrl) => scrapeOften([url, bareUrl], 'gzip'));
  const after = await scrape(`${url}/metrics`);
  const minutes = (performance.now() - start + idleSeconds * 1000) / 60_000;
  return {
    series: after.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    pollSeconds: values(after, 'milink_poll_duration_seconds'),
    scrapes: { plain: plain ?? nothing, gzip: gzip ?? nothing, bare: bare ?? nothing },
    cpuSecondsPerScrape: (cpuSeconds(after) - cpuSeconds(page)) / (2 * scrapeCount),
    idleCpuSecondsPerSecond,
    longestStopSeconds: values(page, 'nodejs_eventloop_lag_max_seconds')[0] ?? Number.NaN,
    residentBytes: values(after, 'process_resident_memory_bytes')[0] ?? Number.NaN,
    loginsPerMinute: (sum(values(after, 'milink_logins_total')) - sum(values(before, 'milink_logins_total'))) / minutes,
  };
}

const nothing: ScrapeFigures = { p50: Number.NaN, p95: Number.NaN, bytes: 0 };

/** Starts a server in a process of its own that sends the page as it is now. */
async function besideBare<Result>(url: string, work: (bareUrl: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const agent = new Agent();
  try {
    await writeFile(join(folder, 'page'), await answer(url, 'gzip', agent));
    const server = startProgram(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), join(folder, 'page')]);
    const [, port] = await server.seen(/port (\d+)/);
    try {
      return await work(`http://127.0.0.1:${port}`);
    } finally {
      server.process.kill();
      await server.finished;
    }
  } finally {
    agent.destroy();
    await rm(folder, { recursive: true });
  }
}

/** Asks one URL after the other, again and again: what else the machine does meets them alike. */
async function scrapeOften(urls: readonly string[], encoding: 'identity' | 'gzip'): Promise<readonly ScrapeFigures[]> {
  const agent = new Agent({ keepAlive: true });
  const all = urls.map((url) => ({ url, seconds: [] as number[], bytes: 0 }));
  for (let count = 0; count < scrapeCount; count += 1) {
    for (const each of all) {
      const start = performance.now();
      // A connection that rested while the machine was busy may be closed just now: over another one then.
      const body = await answer(each.url, encoding, agent).catch(() => answer(each.url, encoding, agent));
      each.bytes = body.length;
      each.seconds.push((performance.now() - start) / 1000);
      // Scrapes are spread over several polls, so that those right after a change are among them.
      await wait(scrapePauseMilliseconds);
    }
  }
  agent.destroy();
  return all.map(({ seconds, bytes }) => {
    seconds.sort((one, other) => one - other);
    const at = (share: number): number => seconds[Math.floor(share * (seconds.length - 1))] ?? Number.NaN;
    return { p50: at(0.5), p95: at(0.95), bytes };
  });
}

/** Reads an answer to its end as it comes over the wire: what unpacking it costs is the scraper's affair. */
async function answer(url: string, encoding: string, agent: Agent): Promise<Buffer> {
  const request = get(`${url}/metrics`, { agent, headers: { 'Accept-Encoding': encoding } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
