import type { AzureInstanceState, AzureState } from '../model/azure/state.ts';
import { type ExpectedLink, linkKey } from '../model/expected-link.ts';
import type { ServerState } from '../model/server-state.ts';
import { createAnswers, type ServerAnswer } from './answer.ts';
import { assessLink } from './assess-link.ts';
import { indexAzure, type LinkInAzure, listedLinks, witnessOf } from './azure/witness.ts';
import { areSame, compareText, isEqual } from './compare.ts';
import type { AssessedLink } from './data/link.ts';
import { createEndFinder } from './end-finder.ts';
import type { ServerLookup } from './findings/evidence.ts';
import { createPairer, type Pairing } from './pair.ts';
import { type ServerStanding, standingOf } from './standing.ts';

/**
 * Every link that a server shows or the configuration expects, each once, with its findings and the verdict that they
 * make. Sorted by name and managed instance; the order of servers and of their rows makes no difference. Pure, never throws.
 */
export function assessLinks(
  servers: readonly ServerState[],
  expected: readonly ExpectedLink[],
  azure: AzureState | null = null,
): readonly AssessedLink[] {
  const steps = createAssessor().assess({ servers, expected, azure });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.links;
  }
}

/** All that links are judged from. */
export interface Estate {
  readonly servers: readonly ServerState[];
  readonly expected: readonly ExpectedLink[];
  /** Null where Azure is not read. */
  readonly azure: AzureState | null;
}

export interface Assessment {
  /** As `assessLinks` gives them; the former object of each one that says the same as before. */
  readonly links: readonly AssessedLink[];
  /** How many links were judged anew, those that are awaited among them. */
  readonly assessed: number;
}

/** Judges the links of one state of the estate after another. Not pure: it remembers the former one. */
export interface Assessor {
  /** Makes one step for each server and each link, so that others get a turn in between. Not for two states at a time. */
  readonly assess: (estate: Estate) => Generator<void, Assessment, void>;
}

/** A link, and all that its judgement rests on. */
interface Judged {
  /** Null: nobody can say anything of it yet. */
  readonly link: AssessedLink | null;
  readonly pairing: Pairing;
  /** Those of its managed instance in Azure. */
  readonly instances: readonly AzureInstanceState[];
  readonly azure: LinkInAzure | null;
  /** The states of the servers that were asked for by their name. */
  readonly asked: ReadonlyMap<string, ServerState | undefined>;
  /** Null: what other servers are played no part. */
  readonly estate: readonly ServerStanding[] | null;
}

/** Creates an assessor that judges again only those links of which something has changed that they rest on. */
export function createAssessor(): Assessor {
  const endFinder = createEndFinder();
  const pairEnds = createPairer();
  const estateOf = createEstateView();
  const answers = createAnswers();
  let known = new Map<string, Judged>();

  return {
    *assess({ servers, expected, azure }) {
      const sorted = servers.toSorted((one, other) => compareText(one.name, other.name));
      const byName = new Map(sorted.map((server) => [server.name, server]));
      answers.keepOnly(byName);
      const index = indexAzure(azure);
      const estate = onceOnly(() => estateOf(sorted));
      const found = yield* endFinder(sorted);
      const pairings = pairEnds(found, expected, listedLinks(index));
      yield;
      const judged = new Map<string, Judged>();
      let assessed = 0;
      for (const pairing of pairings) {
        const key = linkKey(pairing.name, pairing.managedInstance);
        const instances = index.get(pairing.managedInstance) ?? none;
        const former = known.get(key);
        const witness = (): LinkInAzure | null =>
          former !== undefined && former.pairing.name === pairing.name && areSame(former.instances, instances)
            ? former.azure
            : witnessOf(index, pairing.name, pairing.managedInstance);
        if (former !== undefined && isGood(former, { pairing, instances, byName, estate })) {
          judged.set(key, former);
          continue;
        }
        const scene = { byName, estate, answerFor: answers.of, instances, azure: witness() };
        judged.set(key, keepLink(former, judge(pairing, scene)));
        assessed += 1;
        yield;
      }
      known = judged;
      const links = [...judged.values()].flatMap(({ link }) => link ?? []);
      return { links: links.sort(compareLinks), assessed };
    },
  };
}

const none: readonly AzureInstanceState[] = [];

interface Surroundings {
  readonly instances: readonly AzureInstanceState[];
  readonly byName: ServerLookup;
  readonly estate: () => readonly ServerStanding[];
}

interface JudgeScene extends Surroundings {
  readonly azure: LinkInAzure | null;
  readonly answerFor: (server: ServerState) => ServerAnswer | null;
}

/** Judges a link and notes what was asked for meanwhile. */
function judge(pairing: Pairing, { byName, estate, answerFor, instances, azure }: JudgeScene): Judged {
  const asked = new Map<string, ServerState | undefined>();
  let seen: readonly ServerStanding[] | null = null;
  const servers: ServerLookup = {
    get: (name) => {
      const server = byName.get(name);
      asked.set(name, server);
      return server;
    },
  };
  const answers = {
    get: (name: string): ServerAnswer | undefined => {
      const server = servers.get(name);
      return server === undefined ? undefined : (answerFor(server) ?? undefined);
    },
  };
  const watched = (): readonly ServerStanding[] => {
    seen = estate();
    return seen;
  };
  const link = assessLink(pairing, { servers, answers, estate: watched, azure });
  return { link, pairing, instances, azure, asked, estate: seen };
}

/** Whether all that a judgement rests on is as it was. */
function isGood(
  { pairing, instances, asked, estate }: Judged,
  now: Surroundings & { readonly pairing: Pairing },
): boolean {
  return (
    isSamePairing(pairing, now.pairing) &&
    areSame(instances, now.instances) &&
    areAsBefore(asked, now.byName) &&
    (estate === null || estate === now.estate())
  );
}

/** A loop, since this runs for each link after each poll. */
function areAsBefore(asked: Judged['asked'], byName: ServerLookup): boolean {
  for (const [name, server] of asked) if (byName.get(name) !== server) return false;
  return true;
}

/** Ends are the same objects until their server is polled. */
function isSamePairing(before: Pairing, after: Pairing): boolean {
  if (before === after) return true;
  const { ends, expected, ...former } = before;
  const { ends: nowEnds, expected: listed, ...now } = after;
  return areSame(ends, nowEnds) && expected === listed && isEqual(former, now);
}

/** The former link where it says the same: whoever made something from it sees by identity that it is still good. */
function keepLink(former: Judged | undefined, now: Judged): Judged {
  return former !== undefined && isEqual(former.link, now.link) ? { ...now, link: former.link } : now;
}

function compareLinks(one: AssessedLink, other: AssessedLink): number {
  return compareText(one.name, other.name) || compareText(one.managedInstance, other.managedInstance);
}

/** The standing of all servers: the same array until one of them stands otherwise, whatever else was polled. */
function createEstateView(): (servers: readonly ServerState[]) => readonly ServerStanding[] {
  let former = new Map<string, { readonly server: ServerState; readonly standing: ServerStanding }>();
  let view: readonly ServerStanding[] = [];
  return (servers) => {
    const next: typeof former = new Map();
    for (const server of servers) {
      const before = former.get(server.name);
      if (before?.server === server) next.set(server.name, before);
      else {
        const standing = standingOf(server);
        const isSame = before !== undefined && isEqual(before.standing, standing);
        next.set(server.name, { server, standing: isSame ? before.standing : standing });
      }
    }
    former = next;
    const now = [...former.values()].map(({ standing }) => standing);
    if (!areSame(view, now)) view = now;
    return view;
  };
}

function onceOnly<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
