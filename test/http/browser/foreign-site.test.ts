import assert from 'node:assert/strict';
import { test } from 'node:test';
import { managedInstance, sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { startService } from '../service.ts';
import { launchChromium } from './chromium.ts';
import { attack, startChangingAddress, startForeignSite } from './foreign-page.ts';

const paths = ['/', '/servers', '/debug?server=sql-prod-01', '/config', '/sd', '/metrics', '/-/reload', '/link'];
const secrets = /milink|sql-prod|mi-prod|poll_interval/;

test('a page of another site, in Chromium', async (context) => {
  let [polls, reloads] = [0, 0];
  const service = await startService(context, {
    state: stateOf([sqlServer(), managedInstance()]),
    pollNow: async () => {
      polls += 1;
      return null;
    },
    configuration: {
      text: () => 'poll_interval: 15s\n',
      reload: async () => {
        reloads += 1;
        return null;
      },
    },
  });
  const sitePort = await startForeignSite(context);
  const name = await startChangingAddress(context, sitePort);
  const browser = await launchChromium(`--host-resolver-rules=MAP *.example 127.0.0.1:${name.port}`);
  context.after(() => browser.close());
  const site = 'http://evil.example:10522';

  /** What the script could read of the exporter, and that it has caused nothing there. */
  async function attackFrom(root: string): Promise<void> {
    const page = await browser.newPage();
    await page.goto(site);
    assert.equal(await page.textContent('h1'), 'You have won');
    if (root === '') name.change(service.port);
    const seen = await page.evaluate<string[]>(`(${attack})(${JSON.stringify(root)}, ${JSON.stringify(paths)})`);
    assert.equal(seen.length, paths.length * 12);
    assert.deepEqual(
      seen.filter((line) => secrets.test(line.slice(line.indexOf(': ')))),
      [],
    );
    assert.deepEqual([polls, reloads], [0, 0]);
    if (root === '')
      for (const line of seen.filter((each) => /^(fetch|POST|PUT|XML)/.test(each) && !each.includes('blind')))
        assert.match(line, /: 403 /);
    await page.close();
  }

  await context.test('that stays where it is reads nothing and causes nothing', () => attackFrom(service.url));

  await context.test('whose name takes on the address of the exporter reads nothing and causes nothing', async () => {
    await attackFrom('');
    const page = await browser.newPage();
    const visited = await page.goto(`${site}/servers`);
    assert.equal(visited?.status(), 403);
    await page.close();
  });

  await context.test('the exporter itself is there for people, and a link on another site leads to it', async () => {
    name.change(sitePort);
    const page = await browser.newPage();
    await page.goto(site);
    await page.evaluate(`document.body.innerHTML = '<a href="${service.url}/servers">exporter</a>'`);
    await page.click('a');
    await page.waitForURL(`${service.url}/servers`);
    assert.match((await page.textContent('h1')) ?? '', /2 servers/);
    await page.goto(`http://localhost:${service.port}/debug?server=sql-prod-01`);
    await page.click('button:has-text("Poll now")');
    await page.waitForLoadState();
    assert.equal(polls, 1);
    await page.close();
  });
});
