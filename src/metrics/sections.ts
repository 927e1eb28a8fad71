import { areSame } from '../link/compare.ts';
import type { AssessedLink } from '../link/data/link.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Family, Scope, State } from './family.ts';
import { createSectionWriter, type RenderedSection } from './render-section.ts';

/** What the series of some families are about: one server, one link, Azure, or all together. Nothing else is in them. */
export interface Section extends RenderedSection {
  readonly about: State;
  /** For each family of `gatheredFamilies`: the values that its label has here. */
  readonly gathered: readonly (readonly string[])[];
}

/** The sections of a state; the same object where nothing of it has changed. */
export type Sections = Readonly<Record<Scope, readonly Section[]>>;

/** The families in the order of the page, and where each of them is among those of its scope. */
export interface Divided {
  readonly all: readonly { readonly family: Family; readonly scope: Scope; readonly place: number }[];
  readonly byScope: Readonly<Record<Scope, readonly Family[]>>;
}

const scopes: readonly Scope[] = ['server', 'link', 'azure', 'state'];

export function divide(families: readonly Family[]): Divided {
  const byScope: Record<Scope, Family[]> = { server: [], link: [], azure: [], state: [] };
  const all = families.map((family) => {
    const scope = scopeOf(family);
    return { family, scope, place: byScope[scope].push(family) - 1 };
  });
  return { all, byScope };
}

/** Whether each series names what it is about: two sections can't both have it then. */
function scopeOf({ scope, labels }: Family): Scope {
  if (scope !== undefined) return scope;
  if (labels.includes('link') && labels.includes('managed_instance')) return 'link';
  if (labels.includes('server')) return 'server';
  return labels.includes('subscription') ? 'azure' : 'state';
}

/** Renders what has changed since the last time. Not for two states at a time. */
export interface SectionRenderer {
  /** A step for each family of each section that is rendered. */
  readonly render: (state: State) => Generator<void, { readonly sections: Sections; readonly rendered: number }, void>;
}

export function createSectionRenderer({ byScope }: Divided): SectionRenderer {
  const gatherers = byScope.state.flatMap(({ gathers }) => gathers ?? []);
  const write = createSectionWriter();
  let known: Readonly<Record<Scope, ReadonlyMap<string, Section>>> = emptyMaps();

  function* make(scope: Scope, about: State, former: Section | undefined): SectionSteps {
    const gathered = gatherers.map(({ from, label }) => [
      ...new Set(
        from
          .filter((family) => scopeOf(family) === scope)
          .flatMap(({ samples }) => Array.from(samples(about), ({ labels }) => labels[label] ?? '')),
      ),
    ]);
    return { ...(yield* write(byScope[scope], about, former)), about, gathered };
  }

  /** Families of which each sample is made of what others have in a label. */
  function* ofState(state: State, others: readonly Section[], former: Section | undefined): SectionSteps {
    let index = -1;
    const families = byScope.state.map((family): Family => {
      const { gathers } = family;
      if (gathers === undefined) return family;
      index += 1;
      const at = index;
      const values = new Set(others.flatMap(({ gathered }) => gathered[at] ?? []));
      return { ...family, samples: () => gathers.samples(values) };
    });
    return { ...(yield* write(families, state, former)), about: state, gathered: [] };
  }

  return {
    *render(state) {
      const next: Record<Scope, Map<string, Section>> = emptyMaps();
      let rendered = 0;
      for (const [scope, key, about] of partsOf(state)) {
        const former = known[scope].get(key);
        const isGood = former !== undefined && isSamePart(former.about, about);
        next[scope].set(key, isGood ? former : yield* make(scope, about, former));
        if (isGood) continue;
        rendered += 1;
        yield;
      }
      const others = [...next.server.values(), ...next.link.values()];
      const former = known.state.get('');
      next.state.set('', former?.about === state ? former : yield* ofState(state, others, former));
      known = next;
      const sections = Object.fromEntries(scopes.map((scope) => [scope, [...next[scope].values()]]));
      return { sections: sections as unknown as Sections, rendered };
    },
  };
}

type SectionSteps = Generator<void, Section, void>;

function emptyMaps(): Record<Scope, Map<string, Section>> {
  return { server: new Map(), link: new Map(), azure: new Map(), state: new Map() };
}

type Part = readonly [scope: Scope, key: string, about: State];

/** A server with the links that it shows an end of, a link with the servers of its ends, and Azure. */
function* partsOf({ servers, links, azure }: State): Generator<Part> {
  const byName = new Map(servers.map((server) => [server.name, server]));
  const ofServer = new Map<string, AssessedLink[]>();
  for (const link of links) {
    for (const server of new Set(link.ends.map((end) => end.server))) {
      const own = ofServer.get(server);
      if (own === undefined) ofServer.set(server, [link]);
      else own.push(link);
    }
  }
  for (const server of servers) {
    yield ['server', server.name, { servers: [server], links: ofServer.get(server.name) ?? [] }];
  }
  for (const link of links) {
    const own = link.ends.map((end) => byName.get(end.server)).filter((server): server is ServerState => !!server);
    yield ['link', JSON.stringify([link.name, link.managedInstance]), { servers: [...new Set(own)], links: [link] }];
  }
  if (azure !== undefined) yield ['azure', '', { servers: [], links: [], azure }];
}

/** Whether nothing has changed: states and links are replaced when they change, never written to. */
export function isSamePart(one: State, other: State): boolean {
  return areSame(one.servers, other.servers) && areSame(one.links, other.links) && one.azure === other.azure;
}
