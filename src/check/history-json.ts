import { type HistoryEvent, isForPeople, whatText, whenText } from '../history/event.ts';
import type { Level, LinkLevels } from '../history/levels.ts';
import { isoTime } from '../text/quantity.ts';
import { visibleJson } from '../text/visible.ts';
import { isNamed } from './report/choose.ts';

/** Raised when a key changes its meaning or goes away; new keys may come at any time. docs/history.md describes it. */
const historyVersion = 1;

/** What of the timeline is asked for. */
export interface HistoryQuery {
  /** Links by their names, as with `--link`; empty: all, and what is about no link. */
  readonly links: readonly string[];
  /** Null: of any server. */
  readonly server: string | null;
  /** So many events, the newest. */
  readonly limit: number;
}

export interface HistoryContents {
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
  readonly levels: readonly LinkLevels[];
  readonly nowSeconds: number;
}

/** A share of a time, as programs and people read it. */
export interface LevelDocument {
  /** Good by seen, 0 to 1; null where nothing was seen. */
  readonly share: number | null;
  readonly good_seconds: number;
  readonly seen_seconds: number;
}

export interface LinkLevelsDocument {
  readonly link: string;
  readonly managed_instance: string | null;
  readonly days: number;
  readonly healthy: LevelDocument;
  readonly data_loss_objective_met: LevelDocument;
  readonly recovery_objective_met: LevelDocument;
}

export interface EventDocument {
  readonly kind: string;
  readonly name: string | null;
  readonly link: string | null;
  readonly managed_instance: string | null;
  readonly server: string | null;
  readonly database: string | null;
  readonly certificate: string | null;
  readonly from: string | null;
  readonly to: string;
  /** Between these two it happened; `after` is null where nothing was seen before. */
  readonly after: string | null;
  readonly by: string | null;
  /** The server's own time of it, by its own clock. */
  readonly said: string | null;
  /** Both in words. */
  readonly when: string;
  readonly text: string;
}

export interface HistoryDocument {
  readonly version: number;
  readonly generated_at: string | null;
  readonly service_levels: readonly LinkLevelsDocument[];
  /** The newest first. */
  readonly events: readonly EventDocument[];
}

/** The timeline and the service levels, as data. */
export function historyDocument({ events, levels, nowSeconds }: HistoryContents, query: HistoryQuery): HistoryDocument {
  const isMeant = (link: string | null, managedInstance: string | null): boolean =>
    query.links.length === 0 ||
    (link !== null &&
      query.links.some((name) => isNamed({ name: link, managedInstance: managedInstance ?? '' }, name)));
  const shown = events.filter(
    (event) =>
      isForPeople(event) &&
      isMeant(event.link, event.managedInstance) &&
      (query.server === null || event.server === query.server),
  );
  return {
    version: historyVersion,
    generated_at: isoTime(nowSeconds),
    service_levels: levels
      .filter(({ link, managedInstance }) => isMeant(link, managedInstance))
      .map(({ link, managedInstance, days, levels: own }) => ({
        link,
        managed_instance: managedInstance === '' ? null : managedInstance,
        days,
        healthy: levelDocument(own.healthy),
        data_loss_objective_met: levelDocument(own.data_loss),
        recovery_objective_met: levelDocument(own.recovery),
      })),
    events: (query.limit === 0 ? [] : shown.slice(-query.limit)).toReversed().map(eventDocument),
  };
}

/** The document as JSON that is safe to print. */
export function historyJson(document: HistoryDocument, { isPretty }: { readonly isPretty: boolean }): string {
  return visibleJson(JSON.stringify(document, null, isPretty ? 2 : 0));
}

function levelDocument({ seenSeconds, goodSeconds }: Level): LevelDocument {
  const share = seenSeconds === 0 ? null : Math.round((goodSeconds / seenSeconds) * 1e6) / 1e6;
  return { share, good_seconds: Math.round(goodSeconds), seen_seconds: Math.round(seenSeconds) };
}

function eventDocument(event: HistoryEvent): EventDocument {
  const { kind, name, link, managedInstance, server, database, certificate, from, to } = event;
  return {
    kind,
    name: name === '' ? null : name,
    link,
    managed_instance: managedInstance === '' ? null : managedInstance,
    server,
    database,
    certificate,
    from,
    to,
    after: isoTime(event.afterSeconds),
    by: isoTime(event.bySeconds),
    said: isoTime(event.saidSeconds),
    when: whenText(event),
    text: whatText(event),
  };
}
