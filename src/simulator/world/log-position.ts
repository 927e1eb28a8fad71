import type { DatabaseState, LinkState } from './state.ts';
import type { EndName } from './topology.ts';

/** How fast the end that took over by force writes, against the one that went on. */
const takeoverWriteShare = 0.6;

/** Where a database's log stands, in bytes since its beginning. */
export interface LogAt {
  readonly link: LinkState;
  readonly database: DatabaseState;
  /** Whose log. */
  readonly writer: EndName;
  readonly atMilliseconds: number;
  readonly startMilliseconds: number;
}

/** A database that nobody uses writes checkpoints and little else. */
const idleWriteShare = 0.001;

/** The last instant up to an instant at which a transaction committed. */
export function lastCommitMilliseconds(link: LinkState, atMilliseconds: number): number {
  const written = lastWriteMilliseconds(link, atMilliseconds);
  if (link.idle === null || written < link.idle.fromMilliseconds) return written;
  const { fromMilliseconds, committedAtMilliseconds } = link.idle;
  return written < committedAtMilliseconds ? fromMilliseconds : committedAtMilliseconds;
}

/** The last instant up to an instant at which a link's log was written. */
export function lastWriteMilliseconds(link: LinkState, atMilliseconds: number): number {
  return Math.min(atMilliseconds, link.quietSinceMilliseconds ?? atMilliseconds);
}

/** The end of the log that `writer` had written at an instant: one log up to a forced failover, two after it. */
export function logPosition({ link, database, writer, startMilliseconds, ...at }: LogAt): number {
  const atMilliseconds = lastWriteMilliseconds(link, at.atMilliseconds);
  const { logBaseBytes, logBytesPerSecond } = database.identity;
  const written = (milliseconds: number): number => (milliseconds / 1000) * logBytesPerSecond;
  const { fork } = link;
  const until = (milliseconds: number): number =>
    logBaseBytes + written(milliseconds - unwritten(link, milliseconds) - startMilliseconds);
  if (fork === null || writer === 'sqlServer') {
    return Math.floor(until(atMilliseconds));
  }
  const ownMilliseconds = Math.max(atMilliseconds - fork.atMilliseconds, 0);
  const inCommon = until(Math.min(atMilliseconds, fork.commonAsOfMilliseconds));
  return Math.floor(inCommon + written(ownMilliseconds) * takeoverWriteShare);
}

/** The time up to an instant in which nothing was written, as far as the log's size goes. */
function unwritten({ idle }: LinkState, atMilliseconds: number): number {
  return idle === null ? 0 : Math.max(atMilliseconds - idle.fromMilliseconds, 0) * (1 - idleWriteShare);
}
