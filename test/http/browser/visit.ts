import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page and what it did besides showing itself. */
export interface Visit {
  readonly page: Page;
  /** What the browser had to say: errors and warnings of the console, uncaught errors, requests that failed. */
  readonly complaints: readonly string[];
  /** The hosts of every request. */
  readonly hosts: ReadonlySet<string>;
  readonly close: () => Promise<void>;
}

/** A window of its own, without anything that an earlier one left. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) hosts.add(new URL(request.url()).host);
  });
  if (options.javaScriptEnabled !== false) await page.clock.install();
  await page.goto(url);
  return { page, complaints, hosts, close: () => context.close() };
}

/** The page asked nobody but its own host for anything, and the browser had nothing to say. */
export function assertQuiet({ page, complaints, hosts }: Visit): void {
  assert.deepEqual(complaints, []);
  assert.deepEqual([...hosts], [new URL(page.url()).host]);
}

/** What is to be read in an element, blanks and line breaks as single blanks. */
export async function textIn(page: Page, selector: string): Promise<string> {
  await page.waitForSelector(selector, { state: 'attached' });
  const text = await page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).innerText`);
  return text.replace(/\s+/g, ' ').trim();
}

/** Nothing is cut off or runs over the edge: what is wider scrolls in a box of its own. */
export async function assertFits(page: Page): Promise<void> {
  const [content = 0, window = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  assert.ok(content <= window, `${page.url()}: ${content} pixels in a window of ${window}`);
}

/** axe-core finds nothing to complain of; in dark only the colours are others. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  for (const [colorScheme, run] of [
    ['light', 'axe.run()'],
    ['dark', "axe.run({ runOnly: ['color-contrast'] })"],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await page.evaluate<axe.AxeResults>(run);
    assert.ok(
      passes.some(({ id }) => id === 'color-contrast'),
      'contrast was looked at',
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => [id, html, failureSummary]),
    );
    assert.deepEqual(found, [], `${page.url()}, ${colorScheme}`);
  }
}
