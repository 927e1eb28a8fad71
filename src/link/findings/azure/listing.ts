import type { Finding } from '../../data/finding.ts';
import { listText } from '../../words.ts';
import type { Evidence } from '../evidence.ts';
import { finding } from '../finding.ts';

/** How long a new link may take to be shown by Azure: six minutes in a user's walkthrough (October 2026). */
const newLinkSeconds = 600;

/** The links of the instance could not be read. */
export function azureNotRead({ azure, pairing }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'unread' || azure.failure === null) return [];
  const { reason, action, message } = azure.failure;
  const missing = action === null ? message : `the right ${action} is missing`;
  const text = `what Azure says of the links of ${pairing.managedInstance} could not be read (${reason}): ${missing}.`;
  return [finding('azure_not_read', { text })];
}

/** An expected link that Azure, the only witness there is, does not list. */
export function notFoundInAzure({ azure, pairing, answered, absence }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'absent' || answered === null || pairing.expected === null) return [];
  if (answered.servers.length > 0 || absence.unseen.length > 0) return [];
  const text = `the link is configured, and Azure lists no such link on ${pairing.managedInstance}: it was dropped, or a cutover ended it.`;
  return [finding('azure_not_found', { text })];
}

/** A link that a server shows and Azure does not list. */
export function notListed({ azure, pairing }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'absent' || azure.readTimestampSeconds === null) return [];
  if (!pairing.ends.some(({ local }) => local !== null)) return [];
  const since = azure.goneTimestampSeconds ?? azure.watchedTimestampSeconds ?? azure.readTimestampSeconds;
  const servers = listText(pairing.ends.map(({ server }) => server));
  const what = `${servers} shows the link, and Azure does not list it on ${pairing.managedInstance}`;
  return azure.readTimestampSeconds - since >= newLinkSeconds
    ? [finding('azure_link_not_listed', { text: `${what}: it was deleted in Azure, or never made there.`, since })]
    : [finding('azure_link_not_listed_yet', { text: `${what}: a new link takes minutes to be listed.` })];
}

/** A link that Azure lists and that a server which answered does not have. */
export function listedAlone({ azure, pairing, absence }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'listed' || pairing.ends.length > 0 || absence.silent.length === 0) return [];
  const text = `Azure lists the link on ${pairing.managedInstance}, and ${listText(absence.silent)} answered and does not have it: it is being made, its creation failed, or it was dropped on the server alone.`;
  return [finding('azure_lists_absent_link', { text })];
}
