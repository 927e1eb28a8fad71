import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CheckReport } from '../../../src/check/report/report.ts';
import { linkPage } from '../../../src/http/status/link-page.ts';
import { screenLines } from '../../../src/screen/screen.ts';
import type { Tone } from '../../../src/text/visible.ts';
import { now } from '../../link/server-state.ts';
import { frame, overviewOf, reportNamed } from '../status/pages.ts';
import { launchChromium } from './chromium.ts';

// Not a test of the suite: `npm run screenshots` runs it. The states, and so the pictures, are the same each time, but for the
// fonts and the Chromium of the machine.

const folder = join(import.meta.dirname, '../../../docs/pictures');
const schemes = ['light', 'dark'] as const;
const mostBytes = 150_000;

/** As a daemon tells it that saw the ends part. */
function watched(report: CheckReport): CheckReport {
  const held = { notBeforeSeconds: now - 736, bySeconds: now - 720 };
  const dated = report.links.map((link) => ({
    ...link,
    held,
    findings: link.findings.map((finding) => ({ ...finding, held })),
  }));
  return { ...report, links: dated };
}

const splitBrain = watched(reportNamed('split-brain-seen'));

function pageOfLink(report: CheckReport): string {
  const [link] = report.links;
  assert.ok(link !== undefined);
  return linkPage(frame, report, { link, wanted: null, events: [] });
}

const colours: Readonly<Record<Tone, string>> = {
  ...{ plain: '#d6d9de', strong: '#fff;font-weight:700', faint: '#8d949e', good: '#7fd897' },
  ...{ warning: '#ffc66d', bad: '#ff8a83;font-weight:700', open: '#c4a8ff' },
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The screen of `check` as a terminal of so many rows shows its beginning. */
function terminal(report: CheckReport, rows: number): string {
  const lines = screenLines(report, { width: 80 }).slice(0, rows);
  const text = lines.map((line) =>
    line.map((span) => `<span style="color:${colours[span.tone]}">${escaped(span.text)}</span>`).join(''),
  );
  const prompt = '<span style="color:#8d949e">$ milink-exporter check --url=http://exporter:10522</span>';
  return `<body style="margin:0;background:#14171b"><pre style="margin:0;padding:16px;font:14px/1.35 'DejaVu Sans Mono',monospace">${[prompt, ...text].join('\n')}</pre>`;
}

interface Picture {
  readonly name: string;
  readonly page: string;
  readonly width: number;
  /** Of what is seen; null: the whole page. */
  readonly height: number | null;
}

const pictures: readonly Picture[] = [
  { name: 'overview', page: overviewOf(watched(reportNamed('many-links'))), width: 1000, height: 760 },
  { name: 'split-brain', page: pageOfLink(splitBrain), width: 900, height: 540 },
  { name: 'seeding', page: overviewOf(reportNamed('seeding')), width: 1000, height: 560 },
];

async function take(browser: Browser, { page, width, height, name }: Picture, scheme: 'light' | 'dark'): Promise<void> {
  const tab = await browser.newPage({ colorScheme: scheme, viewport: { width, height: height ?? 400 } });
  const path = join(folder, `${name}.png`);
  await tab.setContent(page);
  await tab.screenshot({ path, fullPage: height === null });
  await tab.close();
  assert.ok(statSync(path).size <= mostBytes, `${path} has ${statSync(path).size} bytes, more than ${mostBytes}`);
}

it('takes the pictures of README and docs', async (context) => {
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium('--disable-lcd-text');
  context.after(() => browser.close());
  for (const scheme of schemes) {
    for (const picture of pictures) await take(browser, { ...picture, name: `${picture.name}-${scheme}` }, scheme);
  }
  await take(browser, { name: 'check', page: terminal(splitBrain, 30), width: 720, height: null }, 'dark');
});
