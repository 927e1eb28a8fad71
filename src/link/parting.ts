import type { RoleTurn } from '../model/history.ts';
import type { ServerState } from '../model/server-state.ts';
import type { LinkEnd } from './data/end.ts';

/** How two ends came to be PRIMARY both, as far as their polls showed it. */
export interface Parting {
  /** The end that became PRIMARY last: the one that was failed over to. */
  readonly kept: LinkEnd;
  /** When that was. */
  readonly turn: RoleTurn;
}

type Servers = Pick<ReadonlyMap<string, Pick<ServerState, 'history'>>, 'get'>;

/**
 * Which of several primaries was failed over to is in no view: null unless one was seen to become PRIMARY, and each other
 * one was either never seen to, or had become it before that one's last reading as SECONDARY.
 */
export function partingOf(primaries: readonly LinkEnd[], servers: Servers): Parting | null {
  const turned = primaries.flatMap((end): readonly Parting[] => {
    const turn = servers.get(end.server)?.history.roles.get(end.groupId)?.turn;
    return turn?.to === 'PRIMARY' ? [{ kept: end, turn }] : [];
  });
  const [latest, ...others] = turned.toSorted(
    (one, other) => other.turn.afterTimestampSeconds - one.turn.afterTimestampSeconds,
  );
  if (latest === undefined) return null;
  const isLast = others.every(({ turn }) => turn.byTimestampSeconds <= latest.turn.afterTimestampSeconds);
  return isLast ? latest : null;
}
