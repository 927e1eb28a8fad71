import type { LinkEnd } from '../../../link/data/end.ts';
import { describeEnd, listText } from '../../../link/words.ts';
import { type Earned, earned, refused, type Sight } from './answer.ts';
import { moreDatabases } from './copy.ts';

/**
 * Dropping what is left of a link: only where the other end answered and has it no more, and every database is served,
 * here or there. Of a managed instance Azure's own tools remove it.
 */
export function earnDrop(end: LinkEnd, sight: Sight): Earned {
  const { link } = sight;
  const isHalf = link.findings.some(({ code }) => code === 'dropped_at_one_end');
  if (!isHalf || link.goneAt.length === 0 || link.ends.length !== 1 || link.unseen.length > 0) {
    return refused(`That the link is gone at the other end of ${end.server} is not known.`);
  }
  const why = whyNotServed(end, sight);
  if (why !== null) return refused(why);
  if (end.engine === 'managed_instance') {
    return refused(`What is left on ${describeEnd(end)} goes with the link in Azure: delete it there.`);
  }
  return earned(end.server, `The link is gone at ${listText(link.goneAt)}, and every database of it is served.`);
}

function whyNotServed(end: LinkEnd, { link, servers }: Sight): string | null {
  if (end.databases === null || link.databases.length === 0)
    return `What ${end.server} has of the databases is not known.`;
  if (end.hasMoreDatabases === true) return moreDatabases(end);
  for (const { name, ends, isPresent } of link.databases) {
    if (isPresent === false) continue;
    const own = ends.find(({ server }) => server === end.server);
    const state = end.role === 'PRIMARY' ? (own?.catalog?.state ?? own?.local?.databaseState ?? null) : null;
    const elsewhere = link.goneAt.some((server) => isOnlineOn(name, server, servers));
    if (state !== 'ONLINE' && !elsewhere) {
      return `Nobody is seen to serve database ${name}: what ${end.server} has may be the only copy. Remove nothing of it.`;
    }
  }
  return null;
}

function isOnlineOn(name: string, server: string, servers: Sight['servers']): boolean {
  const outcome = servers.find((each) => each.name === server)?.outcome;
  if (outcome?.kind !== 'ok') return false;
  return (outcome.snapshot.views.databases ?? []).some(
    (row) => row.name.toLowerCase() === name.toLowerCase() && row.state === 'ONLINE',
  );
}

/** Dropping an imported public key to put its successor in its place: only one that is known to be an old copy. */
export function earnReplacement(end: LinkEnd, { link }: Sight): Earned {
  const isOld = link.certificateMatches.some(({ owner, isSame }) => owner === 'managed_instance' && !isSame);
  if (end.engine !== 'sql_server' || !isOld) return refused(`No old copy is seen on ${end.server}.`);
  if (link.ends.filter(({ engine }) => engine === 'sql_server').length > 1) {
    return refused('Several nodes hold a copy: which of them is old is not known.');
  }
  return earned(end.server, 'The managed instance shows another certificate than the copy.');
}
