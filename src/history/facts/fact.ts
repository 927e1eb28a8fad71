import type { ViewName } from '../../model/snapshot.ts';
import { type EventKind, kept, type Subject } from '../event.ts';

/** Where a fact was read: says when it was last seen. */
export type Source =
  | { readonly kind: 'view'; readonly server: string; readonly view: ViewName }
  | { readonly kind: 'poll'; readonly server: string }
  /** Put together from what these servers say. */
  | { readonly kind: 'ends'; readonly servers: readonly string[] };

/** One thing that holds now. What was not seen is no fact. */
export interface Fact extends Subject {
  readonly kind: EventKind;
  /** As in the event. */
  readonly name: string;
  readonly value: string;
  readonly source: Source;
  /** The server's own time of it; null where it gives none. */
  readonly saidSeconds: number | null;
  /** When it became so, where that is known better than from two looks. */
  readonly between?: { readonly afterSeconds: number; readonly bySeconds: number };
}

interface Details extends Partial<Subject> {
  readonly kind: EventKind;
  readonly name?: string;
  readonly value: string;
  readonly source: Source;
  readonly saidSeconds?: number | null;
  readonly between?: Fact['between'];
}

/** A fact of what is given; what it is not about is null. Many are made in each look. */
export function fact({ kind, name = '', value, source, saidSeconds = null, between, ...given }: Details): Fact {
  return {
    link: textOf(given.link),
    managedInstance: textOf(given.managedInstance),
    server: textOf(given.server),
    database: textOf(given.database),
    certificate: textOf(given.certificate),
    kind,
    name: kept(name),
    value: kept(value),
    source,
    saidSeconds,
    ...(between === undefined ? {} : { between }),
  };
}

function textOf(text: string | null = null): string | null {
  return text === null ? null : kept(text);
}

/** Tells facts apart, whatever their value. */
export function factKey(of: Subject & { readonly kind: EventKind; readonly name: string }): string {
  return JSON.stringify([of.kind, of.name, of.link, of.managedInstance, of.server, of.database, of.certificate]);
}
