import type { LinkReport, UnreadInAzure } from '../check/report/report.ts';
import { type Line, line, paragraph, table } from '../terminal/line.ts';
import { span } from '../text/visible.ts';
import { azureColumns, azureErrorTexts, azureRow, azureText, unreadText } from '../words/azure.ts';

/** More databases of one link are in --json. */
const maximumDatabases = 8;

export interface AzureScene {
  readonly width: number;
  readonly nowSeconds: number;
}

/** What Azure says of a link, in the words of Azure. */
export function azureLines({ azure, isSeenThroughAzure }: LinkReport, scene: AzureScene): readonly Line[] {
  if (azure === null) return [];
  const { width } = scene;
  const head = paragraph(azureText(azure, isSeenThroughAzure, scene.nowSeconds), { width, first: '  ' });
  const rows = azure.databases.slice(0, maximumDatabases).map((each) => azureRow(each, azure, scene.nowSeconds));
  const hidden = azure.databases.length - rows.length;
  return [
    ...head,
    ...(rows.length === 0 ? [] : table(width, azureColumns, rows)),
    ...(hidden > 0 ? [line(width, span(`  and ${hidden} more: --json has them all`, 'faint'))] : []),
    ...azureErrorTexts(azure).flatMap((text) => paragraph(text, { width, first: '  ' })),
  ];
}

/** More of them are mostly one cause. */
const maximumTexts = 6;

/** What of Azure could not be read, and why; nothing where all of it was. */
export function unreadLines(all: readonly UnreadInAzure[], width: number): readonly Line[] {
  const texts = all.slice(0, maximumTexts).map(unreadText);
  const rest = all.length - texts.length;
  return [...texts, ...(rest > 0 ? [`And ${rest} more.`] : [])].flatMap((text) =>
    paragraph(text, { width, first: '', tone: 'warning' }),
  );
}
