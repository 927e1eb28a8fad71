import { errorText } from '../../model/errors/catalogue.ts';
import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import { describeEnd } from '../words.ts';
import { type Evidence, isBeingSeeded } from './evidence.ts';

/** A primary that lost its partner. Several primaries on one side: any of them counts. */
export function partnerDisconnected(evidence: Evidence): readonly Finding[] {
  return evidence.primaries.filter(isDisconnected).map((end) => {
    const name = describeEnd(end);
    if (isBeingMade(evidence)) {
      const text = `${name} is PRIMARY and reports its partner DISCONNECTED, as a new link does until its first copy is there and the other end has joined.`;
      return finding('partner_not_joined', { server: end.server, text });
    }
    const text = `${name} is PRIMARY and reports its partner DISCONNECTED: no change reaches the other end, and the log waits on the primary.`;
    const since = end.partner?.lastConnectErrorTimestampSeconds ?? null;
    return finding('partner_disconnected', { server: end.server, text, since });
  });
}

function isDisconnected(end: LinkEnd): boolean {
  return end.partner?.connectedState === 'DISCONNECTED';
}

/**
 * All that the link carries is being copied for the first time, and moves. Microsoft's guide to configuring a link: until
 * the managed instance has joined the distributed group reads DISCONNECTED. A database with a copy makes it an outage.
 */
function isBeingMade(evidence: Evidence): boolean {
  // Two primaries are not made that way, and copies that were not read may be there.
  if (evidence.primaries.length > 1 || evidence.primaries.some(({ server }) => isUnread(server, evidence)))
    return false;
  const names = [...evidence.seedings.keys()];
  const carried = evidence.databases.filter(({ isPresent }) => isPresent === true).map(({ name }) => name);
  const all = new Set([...names, ...carried]);
  if (all.size === 0 || ![...all].every((name) => isBeingSeeded(evidence, name))) return false;
  return ![...evidence.seedings.values()].some(({ told }) => told.some(({ transfer }) => transfer?.isStalled === true));
}

function isUnread(server: string, { servers }: Evidence): boolean {
  const outcome = servers.get(server)?.outcome;
  return outcome?.kind === 'ok' && outcome.snapshot.views.database_replica_states === null;
}

/**
 * The last connection error of each end while the ends are not connected; it stays after recovery. Which side knows the
 * cause depends on who could not connect, so both are told. Source: Microsoft's page on error 35250.
 */
export function lastConnectErrors({ primaries, pairing, absence }: Evidence): readonly Finding[] {
  const isDown = primaries.some(isDisconnected) || (primaries.length === 0 && absence.missing.length > 0);
  return isDown ? pairing.ends.flatMap(lastConnectError) : [];
}

function lastConnectError(end: LinkEnd): readonly Finding[] {
  const row = [end.partner, end.local].find((each) => (each?.lastConnectErrorNumber ?? null) !== null);
  const number = row?.lastConnectErrorNumber ?? null;
  if (row === undefined || row === null || number === null) return [];
  const description = row.lastConnectErrorDescription?.trim() ?? '';
  const text = `${describeEnd(end)} has error ${errorText(number)} as its last connection error${description === '' ? '' : `: ${description}`}`;
  return [
    finding('last_connect_error', {
      server: end.server,
      text: text.endsWith('.') ? text : `${text}.`,
      since: row.lastConnectErrorTimestampSeconds,
    }),
  ];
}

/** A connected state that SQL Server's documents don't have: carried, never judged. */
export function connectionNotRecognised({ primaries }: Evidence): readonly Finding[] {
  return primaries.flatMap((primary) => {
    const state = primary.partner?.connectedState ?? null;
    if (state === null || state === 'CONNECTED' || state === 'DISCONNECTED') return [];
    const text = `${describeEnd(primary)} reports its partner in the connection state ${JSON.stringify(state)}, which is not known here.`;
    return [finding('connection_not_recognised', { server: primary.server, text })];
  });
}
