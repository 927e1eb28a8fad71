import {
  noHistory,
  type RoleHistory,
  type RoleTurn,
  type ServerHistory,
  type SettledRoleName,
} from '../model/history.ts';
import { type HistoryEvent, nothing } from './event.ts';
import type { Objectives } from './facts/link.ts';
import type { Known, Ledger } from './ledger.ts';
import { createLevels, type LinkLevels } from './levels.ts';
import { type Line, lineText } from './line.ts';
import { createMemory, defaultMemoryLimits, type MemoryLimits } from './memory.ts';
import { restore } from './restore.ts';
import { createWatch, type Look } from './watch.ts';

/** Where lines are kept beyond the end of the process. */
export interface Journal {
  /** Writes lines now, or says in its own way that it can't: never throws. */
  readonly write: (lines: readonly string[]) => void;
}

/** What happened, for whoever asks. */
export interface Timeline {
  /** Oldest first. */
  readonly ofLink: (name: string, managedInstance: string) => readonly HistoryEvent[];
  readonly ofServer: (name: string) => readonly HistoryEvent[];
  readonly all: () => readonly HistoryEvent[];
  readonly levels: (nowSeconds: number) => readonly LinkLevels[];
  readonly held: Ledger['held'];
  /** Grows with each event. */
  readonly version: () => number;
}

/** The memory of the daemon. */
export interface History extends Timeline {
  /** Takes in the present state, a step for each server and link. Not for two looks at a time. */
  readonly look: (look: Look) => Generator<void, void, void>;
  /** To be called every `aliveSeconds` after a look: says that what was true at it still is. */
  readonly alive: (nowSeconds: number) => void;
  /** Something that the exporter itself did: it started, it loaded its configuration. */
  readonly note: (text: string, nowSeconds: number) => void;
  /** What a server's polls showed before this process began. */
  readonly recalled: (server: string) => ServerHistory;
  /** What a new file begins with, so that the former ones may go. */
  readonly heading: (nowSeconds: number) => readonly string[];
  readonly attach: (journal: Journal) => void;
}

interface HistoryOptions {
  readonly objectives: Objectives;
  /** What the directory holds, oldest first. */
  readonly lines?: Iterable<Line>;
  readonly limits?: MemoryLimits;
}

export function createHistory({ objectives, lines = [], limits = defaultMemoryLimits }: HistoryOptions): History {
  const memory = createMemory(limits);
  const levels = createLevels();
  const restored = restore(lines, { memory, levels });
  const watch = createWatch(objectives, restored);
  let journal: Journal | null = null;
  let version = memory.size();

  function take(events: readonly HistoryEvent[]): void {
    const added = events.filter((event) => memory.add(event));
    for (const event of added) levels.take(event);
    version += added.length;
    if (added.length > 0) journal?.write(added.map((event) => lineText({ what: 'event', event })));
  }

  return {
    *look(look) {
      take(yield* watch.look(look));
    },
    alive: (atSeconds) => {
      levels.alive(atSeconds);
      journal?.write([lineText({ what: 'alive', atSeconds, seenSeconds: watch.askedSeconds() })]);
    },
    note: (to, bySeconds) =>
      take([
        { ...nothing, kind: 'exporter', name: '', from: null, to, afterSeconds: null, bySeconds, saidSeconds: null },
      ]),
    recalled: (server) => recalledHistory(server, restored, memory.ofServer(server)),
    heading: (atSeconds) => watch.known().map((known) => lineText({ what: 'known', known, atSeconds })),
    attach: (attached) => {
      journal = attached;
    },
    ofLink: memory.ofLink,
    ofServer: memory.ofServer,
    all: memory.all,
    levels: levels.report,
    held: watch.held,
    version: () => version,
  };
}

/** What a server's polls showed before this process began, as the directory has it. */
function recalledHistory(server: string, known: readonly Known[], events: readonly HistoryEvent[]): ServerHistory {
  const roles = new Map<string, RoleHistory>();
  for (const { fact, seenSeconds } of known) {
    if (fact.kind !== 'role' || fact.server !== server || !isSettled(fact.value) || seenSeconds === null) continue;
    const settled = {
      role: fact.value,
      firstSeenTimestampSeconds: seenSeconds,
      seenTimestampSeconds: seenSeconds,
    };
    const turn = turnOf(fact, events);
    roles.set(fact.name, { role: fact.value, changes: new Map(), settled, ...(turn === null ? {} : { turn }) });
  }
  return { ...noHistory, roles };
}

function turnOf(fact: Known['fact'], events: readonly HistoryEvent[]): RoleTurn | null {
  const last = events.findLast(
    ({ kind, server, name, from }) => kind === 'role' && server === fact.server && name === fact.name && from !== null,
  );
  if (last === undefined || last.to !== fact.value || last.from === null || last.afterSeconds === null) return null;
  if (!isSettled(last.from) || !isSettled(last.to)) return null;
  return {
    from: last.from,
    to: last.to,
    afterTimestampSeconds: last.afterSeconds,
    byTimestampSeconds: last.bySeconds,
    isFromFile: true,
  };
}

function isSettled(role: string): role is SettledRoleName {
  return role === 'PRIMARY' || role === 'SECONDARY';
}
