import type { CheckReport } from '../../../src/check/report/report.ts';
import type { Frame } from '../../../src/http/status/document.ts';
import { overviewPage } from '../../../src/http/status/overview-page.ts';
import { placesUnder } from '../../../src/http/status/places.ts';
import { reportOf, type Scenario, scenarios } from '../../check/scenarios.ts';

export const frame: Frame = {
  version: '0.1.0',
  places: placesUnder({ linkPrefix: '' }),
  others: [['/metrics', 'Metrics']],
};

/** The report of a scenario of `check`, by its name. */
export function reportNamed(name: string): CheckReport {
  const scenario: Scenario | undefined = scenarios[name];
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return reportOf(scenario);
}

/** The page at `/` of a report. */
export function overviewOf(report: CheckReport, page: string | null = null): string {
  return overviewPage(frame, report, page);
}

/** The text that a reader sees: without tags, style and script, with single blanks. */
export function textOf(page: string): string {
  return page
    .replace(/<(style|script|title)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

/** The cells of each row of every table, as text. */
export function rowsOf(page: string): readonly (readonly string[])[] {
  return [...page.matchAll(/<tr role="row">(<th scope="row".*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => textOf(cell).trim()),
  );
}
