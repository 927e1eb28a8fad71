import { linkErrorNumbers, loggedMessageNumbers, type MessagePattern } from './error-log-entry.ts';
import type { ViewReading } from './snapshot.ts';

/** One entry of the error log, as sp_readerrorlog gives it. */
export interface ErrorLogEntry {
  /** LogDate, a plain datetime: the server's local time, read as if it were UTC. */
  readonly localMilliseconds: number;
  /** ProcessInfo, as `spid43s`; empty where NULL. */
  readonly process: string;
  readonly text: string;
}

/** How the collector of a server's error log stands. */
export interface ErrorLogState {
  /** How the latest attempt went. */
  readonly reading: ViewReading;
  /** Entries since the collector began, by SQL Server error number; a number appears with its first entry. */
  readonly counts: ReadonlyMap<number, number>;
  /** The newest entries about links that were seen, also those from before the collector began; oldest first. */
  readonly recent?: readonly LoggedError[];
}

/** An entry of the error log about links, with its time. */
export interface LoggedError {
  readonly number: number;
  /** LogDate as Unix seconds, by the server's own clock. */
  readonly timestampSeconds: number;
  /** In the server's language; empty where the log has only the number. */
  readonly text: string;
}

/** How far a server's error log was read. All times as `localMilliseconds`. */
export interface ErrorLogPosition {
  /** The server's clock when the collector began. */
  readonly floor: number;
  /**
   * Times before `floor`, as near as the clock may go back, of entries that the first read found: these are history and never
   * counted. Another entry of such a time was written after the clock had gone back, and counts. Null before the first read.
   */
  readonly history: ReadonlySet<number> | null;
  /** Whether the server's clock was seen to go back since: only then can an entry from before `floor` be a new one. */
  readonly wentBack: boolean;
  /** The latest clock of the server at which the log was read whole; `floor` before the first read. Never goes back. */
  readonly readAt: number;
  /** How many entries of a time and number were counted already, for the times that the next read looks at again. */
  readonly seen: ReadonlyMap<string, number>;
}

/**
 * How far before the last read a read looks again: the clock of a server in a zone with summer time goes back by an hour
 * each autumn (two in one place), and what is written then would seem old.
 */
const overlapMilliseconds = 2 * 3_600_000;

/** Zones are this far apart at least; a clock that is set right goes back by less. */
const zoneMilliseconds = 15 * 60_000;

/** Where the collector begins: `localMilliseconds` is the server's clock. */
export function startOfErrorLog(localMilliseconds: number): ErrorLogPosition {
  return { floor: localMilliseconds, history: null, wentBack: false, readAt: localMilliseconds, seen: new Map() };
}

/** The time from which on entries are of interest to the next read. */
export function readsFrom({ readAt }: ErrorLogPosition): number {
  return readAt - overlapMilliseconds;
}

/**
 * Whether the log is another file than at the last read: it begins after that, or is empty. What was written in between
 * is at the end of the former file, unless that was erased. `earliest` is the time of the log's first entry, null without.
 */
export function isRotated({ readAt }: ErrorLogPosition, earliest: number | null): boolean {
  return earliest === null || earliest > readAt;
}

/** One read of the log: every entry from `readsFrom` on, in any order, and the server's clock when the read began. */
export interface ErrorLogRead {
  readonly entries: readonly ErrorLogEntry[];
  readonly localMilliseconds: number;
  /** Finds entries that say no number; none without permission or before they were read. */
  readonly patterns: readonly MessagePattern[];
}

/**
 * Takes in one read: the position after it, and how many entries of each number are new. An entry is counted once, however
 * often it is read; entries of one time and number are told apart by their count. While the server's clock is behind
 * `readAt` by more than the overlap, nothing is counted: what is new can't be told from what was there.
 */
export function foldErrorLog(
  position: ErrorLogPosition,
  read: ErrorLogRead,
): { readonly position: ErrorLogPosition; readonly counts: ReadonlyMap<number, number> } {
  const from = readsFrom(position);
  const near = read.entries.filter(({ localMilliseconds }) => localMilliseconds >= from);
  const history = position.history ?? historyIn(near, position.floor);
  const wentBack = position.wentBack || read.localMilliseconds < position.readAt - zoneMilliseconds;
  const entries = near.filter(
    ({ localMilliseconds: time }) => time >= position.floor || (wentBack && !history.has(time)),
  );
  const seen = new Map(position.seen);
  const counts = new Map<number, number>();
  for (const [key, { number, count }] of occurrences(entries, read.patterns)) {
    const added = count - (seen.get(key) ?? 0);
    if (added <= 0) continue;
    seen.set(key, count);
    counts.set(number, (counts.get(number) ?? 0) + added);
  }
  const next = { ...position, wentBack, readAt: Math.max(position.readAt, read.localMilliseconds) };
  const nextFrom = readsFrom(next);
  const kept = [...seen].filter(([key]) => Number.parseFloat(key) >= nextFrom);
  const keptHistory = new Set([...history].filter((time) => time >= nextFrom));
  return { position: { ...next, history: keptHistory, seen: new Map(kept) }, counts };
}

function historyIn(entries: readonly ErrorLogEntry[], floor: number): ReadonlySet<number> {
  return new Set(entries.map(({ localMilliseconds }) => localMilliseconds).filter((time) => time < floor));
}

/** How far before its beginning the collector looks for what happened: entries of then are told, never counted. */
export const lookBackMilliseconds = 7 * 86_400_000;

const maximumRecent = 100;
const maximumTextCharacters = 400;

/** The newest errors about links, after one more read. `localOffsetSeconds`: how far the server's local time is ahead of UTC. */
export function recentErrors(
  before: readonly LoggedError[],
  { entries, patterns }: Pick<ErrorLogRead, 'entries' | 'patterns'>,
  localOffsetSeconds: number,
): readonly LoggedError[] {
  const found = new Map(before.map((each) => [keyOf(each), each]));
  const texts = textsByEntry(entries);
  for (const { localMilliseconds, process, text } of entries) {
    const numbers = [...linkErrorNumbers(text)];
    const isText = numbers.length === 0;
    for (const number of isText ? loggedMessageNumbers(patterns, text) : numbers) {
      const shown = isText ? text : (texts.get(`${localMilliseconds} ${process}`) ?? '');
      const logged = {
        number,
        timestampSeconds: localMilliseconds / 1000 - localOffsetSeconds,
        text: shown.slice(0, maximumTextCharacters).toWellFormed(),
      };
      found.set(keyOf(logged), logged);
    }
  }
  return [...found.values()].sort((one, other) => one.timestampSeconds - other.timestampSeconds).slice(-maximumRecent);
}

/** To the second: a server may round LogDate otherwise in another answer. */
function keyOf({ number, timestampSeconds, text }: LoggedError): string {
  return JSON.stringify([number, Math.floor(timestampSeconds), text]);
}

/** An error's text is an entry of its own, of the same time and process as the one with its number. */
function textsByEntry(entries: readonly ErrorLogEntry[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { localMilliseconds, process, text } of entries) {
    if (linkErrorNumbers(text).length === 0) texts.set(`${localMilliseconds} ${process}`, text);
  }
  return texts;
}

interface Occurrence {
  readonly number: number;
  readonly count: number;
}

/** The numbers of link errors in the entries, by time and number. */
function occurrences(
  entries: readonly ErrorLogEntry[],
  patterns: readonly MessagePattern[],
): ReadonlyMap<string, Occurrence> {
  const found = new Map<string, Occurrence>();
  const add = (time: number, number: number): void => {
    const key = `${time} ${number}`;
    found.set(key, { number, count: (found.get(key)?.count ?? 0) + 1 });
  };
  // An error whose number is logged has its text in an entry of its own, of the same time and process.
  const announced = new Set<string>();
  for (const { localMilliseconds, process, text } of entries) {
    for (const number of linkErrorNumbers(text)) {
      announced.add(`${localMilliseconds} ${number} ${process}`);
      add(localMilliseconds, number);
    }
  }
  for (const { localMilliseconds, process, text } of entries) {
    for (const number of loggedMessageNumbers(patterns, text)) {
      if (!announced.has(`${localMilliseconds} ${number} ${process}`)) add(localMilliseconds, number);
    }
  }
  return found;
}
