import type { LinkReport } from '../../check/report/report.ts';
import { azureColumns, azureErrorTexts, azureRow, azureText } from '../../words/azure.ts';
import { html, type Part } from './html.ts';
import { table } from './table.ts';
import { paragraphs, toned } from './tone.ts';

/** More databases of one link are in `check --json`. */
const maximumDatabases = 50;

/** What Azure says of a link: nothing where it is not read. */
export function azureBlock({ azure, isSeenThroughAzure }: LinkReport, nowSeconds: number): Part {
  if (azure === null) return null;
  const shown = azure.databases.slice(0, maximumDatabases);
  const rows = shown.map((database) => azureRow(database, azure, nowSeconds).map(toned));
  const hidden = azure.databases.length - shown.length;
  return [
    html`<p>${azureText(azure, isSeenThroughAzure, nowSeconds)}.</p>\n`,
    rows.length === 0 ? null : table({ caption: 'In Azure', columns: azureColumns, rows }),
    hidden > 0 ? html`<p class="faint">And ${hidden} more databases.</p>\n` : null,
    paragraphs(azureErrorTexts(azure).map((text) => `${text}.`)),
  ];
}
