import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlServerName } from '../../integration/harness.ts';
import { launchChromium } from './chromium.ts';
import { type SceneName, startCrowd, startStage } from './scenes.ts';
import { assertAccessible, assertFits, assertQuiet, textIn, visit } from './visit.ts';

/** What the page at `/` says in each scene: its headline, and what else must be read there. */
const scenes: readonly (readonly [SceneName, string, readonly RegExp[]])[] = [
  ['healthy', 'HEALTHY DAG_Sales on mi-prod', [/CONNECTED, HEALTHY/, /Planned failover/, /2 certificates compared/]],
  ['seeding', 'DEGRADED seeding: DAG_Sales on mi-prod', [/at least \d+ %/, /seeding Sales, says sql-prod-01/]],
  ['seeding-failed', 'CRITICAL seeding failed: DAG_Sales on mi-prod', [/seeding of Sales failed/, /What to do/]],
  ['split-brain', 'CRITICAL split brain: DAG_Sales on mi-prod', [/both ends of the link take writes/, /SET \(ROLE = /]],
  ['disconnected', 'CRITICAL disconnected: DAG_Sales on mi-prod', [/DISCONNECTED, NOT_HEALTHY/, /35206/]],
  ['suspended', 'CRITICAL suspended: DAG_Sales on mi-prod', [/SUSPENDED/, /SET HADR RESUME/]],
  ['no-primary', 'CRITICAL no primary: DAG_Sales on mi-prod', [/no end is PRIMARY/]],
  [
    'certificate-expiring',
    'DEGRADED partially healthy: a certificate ends soon: DAG_Sales on mi-prod',
    [/Cert_sql-prod-01_endpoint .*5 days/, /ALTER ENDPOINT/],
  ],
  ['vanished', 'CRITICAL missing: DAG_Sales on mi-prod', [/none of them has it/]],
  ['server-down', 'CRITICAL primary unreachable: DAG_Sales on mi-prod', [/failed: refused/, /last answered/]],
];

test('the pages for people, in Chromium', async (context) => {
  const browser = await launchChromium();
  context.after(() => browser.close());
  const stage = await startStage(context);
  const { url } = stage;

  for (const [scene, headline, contents] of scenes) {
    await context.test(`${scene}: the headline, what belongs to it, and nothing from elsewhere`, async () => {
      await stage.set(scene);
      const visited = await visit(browser, url);
      assert.equal(await textIn(visited.page, 'h1'), headline);
      const text = await textIn(visited.page, 'main');
      for (const content of contents) assert.match(text, content);
      await assertFits(visited.page);
      if (['seeding', 'split-brain'].includes(scene)) await assertAccessible(visited.page);
      assertQuiet(visited);
      await visited.close();
    });
  }

  for (const path of [`/server?name=${sqlServerName}`, '/servers', '/debug?server=mi-prod', '/link']) {
    await context.test(`${path} fits a telephone and is accessible`, async () => {
      const visited = await visit(browser, url + path);
      await assertFits(visited.page);
      await assertAccessible(visited.page);
      if (path !== '/link') assertQuiet(visited);
      await visited.close();
    });
  }

  await context.test('without JavaScript the page says the same and nothing is missing', async () => {
    const visited = await visit(browser, url, { javaScriptEnabled: false });
    assert.match(await textIn(visited.page, 'h1'), /primary unreachable/);
    assert.equal(await visited.page.locator('button').count(), 0);
    await visited.page.click('th >> text=sql-prod-01');
    assert.match(await textIn(visited.page, 'main'), /\d+ polls remembered, the newest first/);
    assertQuiet(visited);
    await visited.close();
  });

  await context.test('of many links the worst come first, and each leads to its page', async (inner) => {
    const crowd = await startCrowd(inner, 12);
    const visited = await visit(browser, crowd.url);
    const { page } = visited;
    assert.equal(await textIn(page, 'h1'), 'CRITICAL 12 links: 1 critical, 11 healthy');
    assert.match(await textIn(page, 'tbody tr'), /CRITICAL\s+split brain/);
    await assertFits(page);
    await assertAccessible(page);
    await page.locator('.brief a').first().click();
    await page.waitForURL(/\/link\?/);
    assert.match(await textIn(page, 'main'), /Every copy of every database/);
    await assertFits(page);
    await assertAccessible(page);
    assertQuiet(visited);
    await visited.close();
  });
});
