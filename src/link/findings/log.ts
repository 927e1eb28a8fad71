import type { Snapshot } from '../../model/snapshot.ts';
import type { DatabaseEnd } from '../data/database.ts';
import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import { listText } from '../words.ts';
import type { Evidence } from './evidence.ts';

/** A log that lasts for less is a matter of hours; the alerts have the same bounds. */
export const logFullSoonHours = 4;
export const logFillingHours = 24;

/** Each primary whose log waits for a copy and will be full within a day at the rate at which it grows. */
export function logs({ databases }: Evidence): readonly Finding[] {
  return databases.flatMap(({ name, ends }) => ends.flatMap((end) => logOf(name, end)));
}

/** Longer than the schedule of any log backup that keeps a log small. */
export const logBackupHours = 2;

/** Each primary whose log has waited for a log backup for hours: after a failover the jobs may be at the other end still. */
export function logBackups({ databases }: Evidence): readonly Finding[] {
  return databases.flatMap(({ name, ends }) =>
    ends.flatMap(({ server, role, log }) => {
      if (role !== 'PRIMARY' || (log?.waitsForBackupSeconds ?? 0) < logBackupHours * 3600) return [];
      const text = `the log of database ${name} on ${server} has waited for a log backup (LOG_BACKUP) for ${logBackupHours} hours and more, and nothing of it was freed: nobody takes log backups there, as after a failover whose jobs stayed behind. When the last one was taken is not known: msdb is not read.`;
      return [finding('log_backup_missing', { server, database: name, text })];
    }),
  );
}

function logOf(database: string, { server, role, catalog, log }: DatabaseEnd): readonly Finding[] {
  const left = log?.timeLeftSeconds ?? null;
  if (role !== 'PRIMARY' || catalog?.logReuseWait !== 'AVAILABILITY_REPLICA') return [];
  if (left === null) return nearlyFull(database, server, log);
  if (left >= logFillingHours * 3600) return [];
  const isSoon = left < logFullSoonHours * 3600;
  const text = `the log of database ${database} on ${server} is kept for a copy that has not got it, and will be full within ${isSoon ? logFullSoonHours : logFillingHours} hours at the rate at which it grows, before that if its disk is smaller than its limit.`;
  return [finding(isSoon ? 'log_full_soon' : 'log_filling', { server, database, text })];
}

/** From here on a log that is kept has little room left, however fast it grows. */
const nearlyFullShare = 0.9;

/** Where its growth is not known, as at the first poll, how full it is decides. */
function nearlyFull(database: string, server: string, log: DatabaseEnd['log']): readonly Finding[] {
  const { usedBytes = null, limitBytes = null } = log ?? {};
  if (usedBytes === null || limitBytes === null || limitBytes <= 0 || usedBytes < limitBytes * nearlyFullShare)
    return [];
  const share = Math.floor((usedBytes / limitBytes) * 100);
  const text = `the log of database ${database} on ${server} is kept for a copy that has not got it, and is ${share} % full; how fast it grows is not known yet, and its disk may be full before.`;
  return [finding('log_filling', { server, database, text })];
}

/**
 * Which node of the primary's own availability group holds the log, where the link is not what does: the reason is
 * AVAILABILITY_REPLICA for both.
 */
export function logsHeldByNodes({ databases, pairing, servers }: Evidence): readonly Finding[] {
  return pairing.ends.flatMap((end) => {
    const outcome = servers.get(end.server)?.outcome;
    if (end.role !== 'PRIMARY' || end.partner?.connectedState !== 'CONNECTED' || outcome?.kind !== 'ok') return [];
    const nodes = lostNodes(end, outcome.snapshot.views);
    if (nodes.length === 0) return [];
    return databases.flatMap(({ name, ends }) => {
      const catalog = ends.find(({ server }) => server === end.server)?.catalog;
      if (catalog?.logReuseWait !== 'AVAILABILITY_REPLICA') return [];
      const text = `the log of database ${name} on ${end.server} is kept for a replica, and ${listText(nodes)} of its own availability group ${end.localMember?.replicaServerName} is not connected: it is that node that holds the log, not the link.`;
      return [finding('log_held_by_node', { server: end.server, database: name, text })];
    });
  });
}

/** The nodes of the end's own group that it is not connected with. */
function lostNodes({ localMember }: LinkEnd, views: Snapshot['views']): readonly string[] {
  const own = views.availability_groups?.find(
    ({ isDistributed, name }) => isDistributed === false && name === localMember?.replicaServerName,
  );
  const lost = (views.availability_replica_states ?? []).filter(
    ({ groupId, isLocal, connectedState }) => groupId === own?.groupId && !isLocal && connectedState === 'DISCONNECTED',
  );
  return lost.map(
    ({ replicaId }) =>
      views.availability_replicas?.find((row) => row.replicaId === replicaId)?.replicaServerName ?? 'a node',
  );
}
