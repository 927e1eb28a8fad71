import { type EventKind, eventKinds, type HistoryEvent, kept, nothing } from './event.ts';
import type { Held, Known } from './ledger.ts';

/** One line of the directory of `history.path`: JSON, with times that people can read. */
export type Line =
  | { readonly what: 'event'; readonly event: HistoryEvent }
  /** What was true when the file was begun: what comes after says only what changed. */
  | { readonly what: 'known'; readonly known: Known; readonly atSeconds: number }
  /** The exporter was at work; every server that answers was asked after `seenSeconds`, null where none answers. */
  | { readonly what: 'alive'; readonly atSeconds: number; readonly seenSeconds: number | null };

const subjectKeys = {
  link: 'link',
  managedInstance: 'managed_instance',
  server: 'server',
  database: 'database',
  certificate: 'certificate',
} as const;

/** The line, without its end. */
export function lineText(line: Line): string {
  switch (line.what) {
    case 'alive':
      return JSON.stringify({
        at: iso(line.atSeconds),
        alive: true,
        ...(line.seenSeconds === null ? {} : { seen: iso(line.seenSeconds) }),
      });
    case 'known': {
      const { fact, seenSeconds, held } = line.known;
      const seen = seenSeconds === null ? {} : { seen: iso(seenSeconds) };
      const since = held === undefined ? {} : sinceOf(held);
      const times = { ...since, ...seen };
      return JSON.stringify({ at: iso(line.atSeconds), known: fact.kind, ...about(fact), is: fact.value, ...times });
    }
    case 'event': {
      const { event } = line;
      return JSON.stringify({
        at: iso(event.bySeconds),
        ...(event.afterSeconds === null ? {} : { after: iso(event.afterSeconds) }),
        ...(event.saidSeconds === null ? {} : { said: iso(event.saidSeconds) }),
        event: event.kind,
        ...about(event),
        ...(event.from === null ? {} : { from: event.from }),
        to: event.to,
      });
    }
  }
}

function sinceOf({ notBeforeSeconds, bySeconds }: Held): Record<string, string> {
  return { since: iso(bySeconds), ...(notBeforeSeconds === null ? {} : { not_before: iso(notBeforeSeconds) }) };
}

function about(of: Known['fact'] | HistoryEvent): Record<string, string> {
  const subject = Object.entries(subjectKeys).flatMap(([key, name]) => {
    const value = of[key as keyof typeof subjectKeys];
    return value === null ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(subject), ...(of.name === '' ? {} : { name: of.name }) };
}

/** Reads a line; null for one that is broken off, or that another version wrote. */
export function readLine(text: string): Line | null {
  const value = parse(text);
  if (value === null) return null;
  const atSeconds = seconds(value.at);
  if (atSeconds === null) return null;
  if (value.alive === true) return { what: 'alive', atSeconds, seenSeconds: seconds(value.seen) };
  const subject = subjectOf(value);
  if (subject === null) return null;
  if (typeof value.known === 'string' && typeof value.is === 'string') {
    const kind = kindOf(value.known);
    if (kind === null) return null;
    const fact = { ...subject, kind, value: kept(value.is), saidSeconds: null };
    const bySeconds = seconds(value.since);
    const held = bySeconds === null ? {} : { held: { notBeforeSeconds: seconds(value.not_before), bySeconds } };
    return { what: 'known', known: { fact, seenSeconds: seconds(value.seen), ...held }, atSeconds };
  }
  const kind = kindOf(value.event);
  if (kind === null || typeof value.to !== 'string') return null;
  const from = typeof value.from === 'string' ? kept(value.from) : null;
  const times = { afterSeconds: seconds(value.after), bySeconds: atSeconds, saidSeconds: seconds(value.said) };
  return { what: 'event', event: { ...subject, kind, from, to: kept(value.to), ...times } };
}

type Values = Readonly<Record<string, unknown>>;

function parse(text: string): Values | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null;
  } catch {
    return null;
  }
}

function subjectOf(value: Values): (Pick<HistoryEvent, keyof typeof nothing> & { readonly name: string }) | null {
  const subject: Record<string, string | null> = { ...nothing };
  for (const [key, name] of Object.entries(subjectKeys)) {
    const text = value[name];
    if (text !== undefined && typeof text !== 'string') return null;
    if (text !== undefined) subject[key] = kept(text);
  }
  const name = typeof value.name === 'string' ? kept(value.name) : '';
  return { ...(subject as unknown as typeof nothing), name };
}

function kindOf(value: unknown): EventKind | null {
  return eventKinds.find((kind) => kind === value) ?? null;
}

function iso(atSeconds: number): string {
  return Math.abs(atSeconds) <= 8.64e12 ? new Date(Math.round(atSeconds * 1000)).toISOString() : '';
}

function seconds(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}
