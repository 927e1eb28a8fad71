import { areRolesSettled } from '../../azure/settled.ts';
import type { Finding } from '../../data/finding.ts';
import { describeEnd, listText } from '../../words.ts';
import type { Evidence } from '../evidence.ts';
import { finding } from '../finding.ts';

/** SQL Server and, as Azure has it, the managed instance are primary, and no server shows the instance's own word. */
export function splitBrainInAzure({ pairing, primaries, azure, servers }: Evidence): readonly Finding[] {
  const [primary] = primaries.filter(({ engine }) => engine === 'sql_server');
  if (azure?.link?.instanceRole !== 'PRIMARY' || primary === undefined || pairing.isAmbiguous) return [];
  if (pairing.ends.some(({ engine }) => engine === 'managed_instance')) return [];
  const what = `${describeEnd(primary)} has the role PRIMARY, and so has ${pairing.managedInstance} as Azure shows it`;
  if (!areRolesSettled(primary, azure, servers)) {
    const text = `${what}: one of them changed so lately that the other may not have been seen yet.`;
    return [finding('azure_role_settling', { text })];
  }
  const text = `${what}: both ends of the link take writes and their data drifts apart. Azure may be a minute behind.`;
  return [finding('azure_both_ends_primary', { text })];
}

/** The instance says another role of itself than Azure does. */
export function roleDiffers({ pairing, azure, servers }: Evidence): readonly Finding[] {
  const role = azure?.link?.instanceRole ?? null;
  const [end] = pairing.ends.filter(({ engine }) => engine === 'managed_instance');
  if (azure === null || role === null || end === undefined || end.role === null || end.role === role) return [];
  const isKnown = role === 'PRIMARY' || role === 'SECONDARY';
  if (!isKnown || (end.role !== 'PRIMARY' && end.role !== 'SECONDARY')) return [];
  const what = `${describeEnd(end)} is ${end.role}, and Azure shows it as ${role}`;
  return areRolesSettled(end, azure, servers)
    ? [finding('azure_role_differs', { server: end.server, text: `${what}: one of the two is out of date.` })]
    : [finding('azure_role_settling', { server: end.server, text: `${what}: Azure may be a minute behind.` })];
}

/** Nobody but Azure shows an end: what that means. */
export function seenThroughAzure({ azure, azureEnd, pairing, absence }: Evidence): readonly Finding[] {
  if (azure === null || azureEnd === null) return [];
  const other =
    pairing.ends.length > 0 ? '' : ' The other end is known only as far as Azure shows the connection to it.';
  const unseen =
    absence.unseen.length === 0 ? '' : ` ${listText(absence.unseen.map(({ server }) => server))} was not seen.`;
  const text = `${pairing.managedInstance} is ${azureEnd.role} as Azure shows it: no server of the configuration is that end.${other}${unseen}`;
  return [finding('azure_only', { text })];
}
