import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { scrapeIntervalSeconds, startEstate } from '../estate/estate.ts';
import { chooseVariables, type Source } from '../estate/grafana.ts';
import { launchChromium } from '../http/browser/chromium.ts';
import { dashboards } from '../mixin/dashboards/model.ts';
import { answerPanel } from './answers.ts';
import { drawPage, pageWidth } from './page.ts';

/** Scrapes while all is well, and in trouble: what the pictures show. */
const scrapes = { calm: 8, trouble: 50 } as const;

/** What is chosen where it matters: the dashboard of one link is drawn once for each of these. */
const pickedLinks = ['DAG_Sales', 'DAG_Billing', 'DAG_Stock', 'DAG_Fleet'] as const;

/** What README and docs show: the tops of these two, small enough for a page. */
const excerpts: ReadonlySet<string> = new Set(['milink-links', 'milink-link-DAG_Billing']);
const excerptHeight = 900;
const excerptScale = 0.625;

/**
 * Draws every dashboard over the simulated estate: `node test/dashboard-picture/draw.ts --out FOLDER`; with `--docs` only the
 * pictures of the documents, into docs/pictures.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: 'dashboard-pictures' }, docs: { type: 'boolean', default: false } },
  });
  const out = values.docs ? resolve(import.meta.dirname, '../../docs/pictures') : resolve(values.out);
  await mkdir(out, { recursive: true });
  await using scope = new AsyncDisposableStack();
  const estate = await startEstate(scope);
  const from = await estate.scrapes(1);
  await estate.scrapes(scrapes.calm);
  await estate.begin();
  const to = await estate.scrapes(scrapes.trouble);
  await estate.freeze();
  const range = { from, to, step: scrapeIntervalSeconds };
  const source: Source = { url: estate.prometheus.url, rateIntervalSeconds: 4 * scrapeIntervalSeconds };
  const chromium = await launchChromium();
  scope.defer(() => chromium.close());
  const tab = await chromium.newPage(values.docs ? { deviceScaleFactor: excerptScale } : {});
  for (const dashboard of dashboards) {
    const picks = dashboard.uid === 'milink-link' ? pickedLinks.map((link) => ({ link })) : [{}];
    for (const pick of picks) {
      const name = [dashboard.uid, ...Object.values(pick)].join('-');
      if (values.docs && !excerpts.has(name)) continue;
      const chosen = await chooseVariables(dashboard, source, pick);
      const panels = await Promise.all(dashboard.panels.map((panel) => answerPanel(panel, { source, chosen, range })));
      const file = join(out, `${name}.png`);
      const { page, height } = drawPage(dashboard, chosen, panels);
      await tab.setViewportSize({
        width: pageWidth,
        height: Math.min(Math.ceil(height), values.docs ? excerptHeight : Infinity),
      });
      await tab.setContent(page);
      await tab.screenshot({ path: file });
      process.stdout.write(`drew ${file}\n`);
    }
  }
}

await main();
