import type { AssessedLink } from '../link/data/link.ts';
import { linkKey } from '../model/expected-link.ts';
import type { ServerState } from '../model/server-state.ts';
import type { HistoryEvent } from './event.ts';
import { lastSeenSeconds, readingTime, type Source, seenSeconds } from './facts/fact.ts';
import { linkFacts, type Objectives, sourceOf } from './facts/link.ts';
import { isShownWhole, loggedEvents, serverFacts } from './facts/server.ts';
import { createLedger, type Known, type Ledger, serverRoom, type Times } from './ledger.ts';

/** All that one look shows. */
export interface Look {
  readonly servers: readonly ServerState[];
  readonly links: readonly AssessedLink[];
  readonly nowSeconds: number;
}

/** Turns looks at the estate into what changed between them. Not pure: it remembers the former look. */
export interface Watch {
  /** What changed since the former look, in no order: a step for each server and link. Not for two looks at a time. */
  readonly look: (look: Look) => Generator<void, readonly HistoryEvent[], void>;
  /** Since when every server that answers was asked; null where none does. Unix seconds. */
  readonly askedSeconds: () => number | null;
  /** What is known now, for whoever begins again with it. */
  readonly known: Ledger['known'];
  readonly held: Ledger['held'];
}

interface Scene {
  readonly servers: ReadonlyMap<string, ServerState>;
  readonly links: ReadonlyMap<string, AssessedLink>;
}

/** Creates a watch that begins with what is known from before. */
export function createWatch(objectives: Objectives, restored: readonly Known[] = []): Watch {
  const ledger = createLedger(restored);
  let former: Scene = { servers: new Map(), links: new Map() };
  return {
    *look({ servers, links, nowSeconds }) {
      const now: Scene = {
        servers: new Map(servers.map((state) => [state.name, state])),
        links: new Map(links.map((link) => [linkKey(link.name, link.managedInstance), link])),
      };
      const looks = { former, now, nowSeconds, objectives };
      former = now;
      const ofLinks = yield* linkEvents(ledger, looks);
      return [...ofLinks, ...vanishedLinks(ledger, looks), ...(yield* serverEvents(ledger, looks))];
    },
    askedSeconds: () => {
      const { servers } = former;
      const times = [...servers.values()]
        .filter(({ outcome }) => outcome.kind === 'ok')
        .flatMap(({ name }) => readingTime({ kind: 'poll', server: name }, servers)?.beganSeconds ?? []);
      return times.length === 0 ? null : Math.min(...times);
    },
    known: ledger.known,
    held: ledger.held,
  };
}

interface Looks {
  readonly former: Scene;
  readonly now: Scene;
  readonly nowSeconds: number;
  readonly objectives: Objectives;
}

type Events = Generator<void, readonly HistoryEvent[], void>;

function* linkEvents(ledger: Ledger, looks: Looks): Events {
  const { former, now, objectives } = looks;
  const events: HistoryEvent[] = [];
  for (const [room, link] of now.links) {
    // The same object says the same as before.
    if (former.links.get(room) === link || isAwaited(link)) continue;
    const changed = ledger.compare({
      room,
      facts: linkFacts(link, { servers: now.servers, objectives }),
      times: timesOf(sourceOf(link), looks),
      isOver: (fact) => isFindingOver(fact, link, now.servers),
    });
    events.push(...changed);
    yield;
  }
  return events;
}

/** A listed link of whose servers none was polled yet: not to know it then is nothing that happened. */
function isAwaited({ ends, unseen }: AssessedLink): boolean {
  return ends.length === 0 && unseen.length > 0 && unseen.every(({ why }) => why === 'pending');
}

/** A link that nobody shows and the configuration does not list. */
function vanishedLinks(ledger: Ledger, looks: Looks): readonly HistoryEvent[] {
  return [...looks.former.links].flatMap(([room, link]) =>
    looks.now.links.has(room)
      ? []
      : ledger.compare({
          room,
          facts: [],
          times: timesOf(sourceOf(link), looks),
          isOver: ({ kind }) => kind === 'verdict' || kind === 'objective',
        }),
  );
}

function* serverEvents(ledger: Ledger, looks: Looks): Events {
  const events: HistoryEvent[] = [];
  for (const state of looks.now.servers.values()) {
    const before = looks.former.servers.get(state.name);
    if (before === state) continue;
    const facts = before?.outcome === state.outcome ? [] : serverFacts(state);
    const compared =
      facts.length === 0
        ? []
        : ledger.compare({
            room: serverRoom(state.name),
            facts,
            times: timesOf({ kind: 'poll', server: state.name }, looks),
            isOver: ({ kind }) => kind === 'certificate' && isShownWhole(state, 'certificates'),
          });
    events.push(...compared, ...loggedEvents(before, state));
    yield;
  }
  return events;
}

/** `whole`: where that was read of which a fact is missing now. */
function timesOf(whole: Source, { former, now, nowSeconds }: Looks): Times {
  return {
    before: (source) => lastSeenSeconds(source ?? whole, former.servers, now.servers),
    now: (source) => seenSeconds(source ?? whole, former.servers, now.servers, nowSeconds),
  };
}

/** Of what this program could see: what is not said any more is over, whoever answers. */
const ofSight: ReadonlySet<string> = new Set([
  'primary_not_observed',
  'no_end_observed',
  'end_not_read',
  'ambiguous_identity',
  'role_not_reported',
  'other_end_not_found',
  'split_brain_not_excluded',
  'end_unreachable',
  'end_view_failed',
  'view_not_read',
  'databases_left_out',
  'duplicate_server',
]);

/** Whether a finding that is not said any more is over: while whoever told it is not seen, it is only not seen. */
function isFindingOver(
  { kind, name, server }: Known['fact'],
  { unseen }: AssessedLink,
  servers: ReadonlyMap<string, ServerState>,
): boolean {
  if (kind !== 'finding') return false;
  if (ofSight.has(name)) return true;
  if (server === null) return unseen.length === 0;
  const state = servers.get(server);
  return state === undefined || state.outcome.kind === 'ok';
}
