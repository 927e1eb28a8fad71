import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { managedInstanceName } from '../../integration/harness.ts';
import { launchChromium } from './chromium.ts';
import { startStage } from './scenes.ts';
import { assertQuiet, textIn, visit } from './visit.ts';

/** The element that has the focus, and whether it is told from others by its outline. */
async function focusOf(page: Page): Promise<{ text: string; isMarked: boolean }> {
  const [text = '', style = ''] = await page.evaluate<string[]>(
    '[document.activeElement.textContent.trim(), getComputedStyle(document.activeElement).outlineStyle]',
  );
  return { text, isMarked: style !== 'none' };
}

/** Lets the time pass after which the script looks again, until what comes of that is there. */
async function later(page: Page, selector: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await page.clock.runFor(10_000);
    const found = await page.waitForSelector(selector, { state: 'attached', timeout: 1_500 }).catch(() => null);
    if (found !== null) return;
  }
  assert.fail(`did not come: ${selector}`);
}

/** Finds the time that the page is of, once it is another than now. */
async function laterTime(page: Page): Promise<string> {
  return `#as-of:not(:has-text(${JSON.stringify(await textIn(page, '#as-of'))}))`;
}

test('the pages for people, as they are used in Chromium', async (context) => {
  const browser = await launchChromium();
  context.after(() => browser.close());
  const stage = await startStage(context, 0.2);
  const { harness, url } = stage;
  await stage.set('split-brain');

  await context.test('the keyboard reaches everything, and the focus is seen', async () => {
    const visited = await visit(browser, url);
    const { page } = visited;
    await page.keyboard.press('Tab');
    assert.deepEqual(await focusOf(page), { text: 'Skip to the content', isMarked: true });
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    const seen: string[] = [];
    for (let stop = 0; stop < 5; stop += 1) {
      await page.keyboard.press('Tab');
      const { text, isMarked } = await focusOf(page);
      assert.ok(isMarked, text);
      seen.push(text);
    }
    // How many steps there are is for the advice to say.
    const stops = seen.map((text) => text.replace(/\d+ steps$/, 'steps'));
    assert.deepEqual(stops, [
      'DAG_Sales on mi-prod',
      'What to do then: steps',
      'sql-prod-01',
      'mi-prod',
      'sql-prod-01',
    ]);
    await page.focus('summary');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('details').getAttribute('open'), null);
    assertQuiet(visited);
    await visited.close();
  });

  await context.test('the page renews itself: focus and what is folded stay, a new headline is announced', async () => {
    const visited = await visit(browser, url);
    const { page } = visited;
    await page.click('summary');
    await page.focus('article a >> nth=0');
    await page.evaluate("getSelection().selectAllChildren(document.querySelector('article li'))");
    await later(page, await laterTime(page));
    assert.equal(await page.locator('details').getAttribute('open'), null);
    assert.equal((await focusOf(page)).text, 'sql-prod-01');
    assert.equal(await textIn(page, '#announcement'), '');
    assert.match(await page.evaluate<string>('String(getSelection())'), /both ends of the link take writes/);
    await stage.set('disconnected');
    await later(page, 'h1:has-text("disconnected")');
    assert.match(await page.title(), /^CRITICAL: disconnected/);
    assert.match((await page.textContent('#announcement')) ?? '', /disconnected/);
    assert.equal((await focusOf(page)).text, 'sql-prod-01');
    assertQuiet(visited);
    await visited.close();
  });

  await context.test('it stands still while it is paused', async () => {
    const visited = await visit(browser, url);
    const { page } = visited;
    await page.click('text=Pause');
    await page.waitForSelector('text=Resume');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.clock.runFor(60_000);
    assert.deepEqual(requests, []);
    const renewed = await laterTime(page);
    await page.click('text=Resume');
    await later(page, renewed);
    await visited.close();
  });

  await context.test('a page whose exporter does not answer says that it is old, and recovers', async () => {
    const visited = await visit(browser, url);
    const { page } = visited;
    await page.context().setOffline(true);
    await later(page, '#as-of:has-text("not updated since then")');
    assert.equal(await page.getAttribute('#as-of', 'class'), 'bad');
    await page.context().setOffline(false);
    await later(page, '#as-of:not(:has-text("not updated"))');
    await visited.close();
  });

  await context.test(
    'the debug view polls once when its button is pressed, and not again when it is loaded again',
    async () => {
      const visited = await visit(browser, `${url}/debug?server=${managedInstanceName}`);
      const { page } = visited;
      const polls = (): number => harness.server(managedInstanceName).polls;
      const before = polls();
      await page.click('text=Poll now');
      await page.waitForSelector('text=Latest poll');
      assert.equal(page.url(), `${url}/debug?server=${managedInstanceName}`);
      assert.ok(polls() > before);
      assert.match(await textIn(page, 'main'), /availability_replica_states/);
      await page.reload();
      await page.click('text=Poll now');
      assert.match(await textIn(page, '[role=alert]'), /polled on request a moment ago/);
      assert.deepEqual(
        visited.complaints.filter((text) => !text.includes('429')),
        [],
      );
      await visited.close();
    },
  );
});
