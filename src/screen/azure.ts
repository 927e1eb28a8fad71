import type { LinkReport } from '../check/report/report.ts';
import type { DatabaseInAzure, LinkInAzure } from '../link/azure/witness.ts';
import { errorText } from '../link/findings/azure/states.ts';
import { type Line, line, paragraph, span } from '../terminal/line.ts';
import { type Cell, table } from '../terminal/table.ts';
import { durationText } from '../text/quantity.ts';
import { orDash } from '../words/state.ts';

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

/** The errors of Azure in words, each once. */
export function azureErrorTexts({ databases }: LinkInAzure): readonly string[] {
  return [...new Set(databases.flatMap((each) => errorText(each) ?? []))].map(
    (text) => `Azure's most recent error: ${text}`,
  );
}

/** How Azure lists the link, how old that is, and what it says of the instance. */
export function azureText(azure: LinkInAzure, isOnlyWitness: boolean, nowSeconds: number): string {
  const { link, listing, failure, readTimestampSeconds: readAt, instance, subscription } = azure;
  const age = readAt === null ? '' : `, read ${durationText(nowSeconds - readAt)} ago`;
  const state = instance?.state ? `; the instance is ${instance.state}` : '';
  if (listing === 'unread') {
    return `Azure (${subscription}): not read${failure === null ? ' yet' : `: ${failure.reason}${failure.action === null ? '' : `, ${failure.action} is missing`}`}${state}`;
  }
  const role =
    link === null ? 'does not list the link' : `lists the instance as ${link.instanceRole ?? 'without a role'}`;
  const only = isOnlyWitness ? ', and is the only one that shows this end' : '';
  return `Azure (${subscription}) ${role}${only}${age}${state}`;
}

export const azureColumns = [
  { heading: 'in Azure', isName: true },
  { heading: 'replicaState' },
  { heading: 'connection' },
  { heading: 'health' },
  { heading: 'copied', align: 'right' },
  { heading: 'for', align: 'right' },
] as const;

/** `replicaState` and what stands beside it, of one database. */
export function azureRow(
  database: DatabaseInAzure,
  azure: Pick<LinkInAzure, 'watchedTimestampSeconds'>,
  nowSeconds: number,
): readonly Cell[] {
  const { name, replicaState, connectedState, health, seedingProgress, sinceTimestampSeconds: since, stage } = database;
  const tone = stage === 'error' ? 'bad' : stage === 'synchronizing' || stage === null ? 'good' : 'open';
  return [
    name,
    span(replicaState ?? '-', tone),
    connectedState ?? '-',
    health ?? '-',
    orDash(seedingProgress, (progress) => `${Math.floor(progress * 100)} %`),
    orDash(since, (at) => sinceText(nowSeconds - at, at === azure.watchedTimestampSeconds)),
  ];
}

/** What was so when this program first looked may have been so for longer. */
function sinceText(seconds: number, isFromTheStart: boolean): string {
  const text = durationText(Math.max(0, seconds));
  if (!isFromTheStart) return text;
  return seconds < 2 ? '-' : `> ${text}`;
}
