import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { sceneNames, startCrowd, startStage } from './scenes.ts';

// Not a test of the suite: `npm run screenshots:all` runs it, for a person to look at what it writes.

const folder = process.env.SCREENSHOTS ?? 'screenshots';
const widths = [360, 800, 1280];
const schemes = ['light', 'dark'] as const;

/** One picture of the whole page for each width and scheme. */
async function picture(browser: Browser, url: string, name: string): Promise<void> {
  for (const colorScheme of schemes) {
    const page = await browser.newPage({ colorScheme });
    await page.goto(url);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await page.close();
  }
}

it('takes pictures of every page', async (context) => {
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  context.after(() => browser.close());
  const stage = await startStage(context);
  for (const scene of sceneNames) {
    await stage.set(scene);
    await picture(browser, stage.url, `overview-${scene}`);
  }
  await picture(browser, `${stage.url}/server?name=sql-prod-01`, 'server-down');
  await picture(browser, `${stage.url}/server?name=mi-prod`, 'server');
  await picture(browser, `${stage.url}/debug?server=mi-prod`, 'debug');
  const crowd = await startCrowd(context, 40);
  await picture(browser, crowd.url, 'overview-many');
  await picture(browser, `${crowd.url}/servers`, 'servers');
  await picture(browser, crowd.linkUrl, 'link');
});
