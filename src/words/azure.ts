import type { UnreadInAzure } from '../check/report/report.ts';
import type { DatabaseInAzure, LinkInAzure } from '../link/azure/witness.ts';
import { errorText } from '../link/findings/azure.ts';
import { durationText } from '../text/quantity.ts';
import { type Cell, span } from '../text/visible.ts';
import { orDash } from './state.ts';

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

/** `Azure (production): links of mi-prod could not be read (forbidden): ...`. */
export function unreadText({ subscription, managedInstance, resource, failure }: UnreadInAzure): string {
  const what = resource.replaceAll('_', ' ');
  const of = managedInstance === null ? 'the instances' : `${what} of ${managedInstance}`;
  const why = failure.action === null ? failure.message : `the right ${failure.action} is missing`;
  return `Azure (${subscription}): ${of} could not be read (${failure.reason}): ${why}`;
}
