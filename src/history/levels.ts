import { linkKey } from '../model/expected-link.ts';
import { type HistoryEvent, unseenValue } from './event.ts';

/** Seconds that were seen, and of these the good ones. What was not seen is in neither. */
export interface Level {
  readonly seenSeconds: number;
  readonly goodSeconds: number;
}

const levelNames = ['healthy', 'data_loss', 'recovery'] as const;

export type LevelName = (typeof levelNames)[number];

/** The service levels of one link over so many days. */
export interface LinkLevels {
  readonly link: string;
  readonly managedInstance: string;
  readonly days: number;
  readonly levels: Readonly<Record<LevelName, Level>>;
}

const levelDays = [7, 30, 90] as const;

/** Adds up for how long each link was good. Not pure: it goes with time. */
export interface Levels {
  /** What an event changes from its time on. */
  readonly take: (event: HistoryEvent) => void;
  /** The exporter was at work at this time: what lies between two of these that are near enough was seen. */
  readonly alive: (atSeconds: number) => void;
  /** Of every link, for each of `levelDays`. */
  readonly report: (nowSeconds: number) => readonly LinkLevels[];
}

/** The exporter says that it is at work at least this often. */
export const aliveSeconds = 60;

/** Between two signs of life further apart nothing was seen. */
const longestGapSeconds = aliveSeconds * 3;
const hourSeconds = 3600;
const longestHours = Math.max(...levelDays) * 24;

interface LinkState {
  readonly link: string;
  readonly managedInstance: string;
  /** Null: not seen now. */
  readonly isGood: Record<LevelName, boolean | null>;
  /** Up to when it was added up. */
  untilSeconds: number;
  /** By the hour: seconds seen and good, for each level. */
  readonly hours: Map<number, number[]>;
}

export function createLevels(): Levels {
  const links = new Map<string, LinkState>();
  let aliveAt = Number.NEGATIVE_INFINITY;

  return {
    take: (event) => {
      if (event.link === null) return;
      const name = levelOf(event);
      if (name === null) return;
      const key = linkKey(event.link, event.managedInstance ?? '');
      const state = links.get(key) ?? newState(event);
      links.set(key, state);
      advance(state, event.bySeconds, aliveAt);
      state.isGood[name] = goodOf(name, event.to);
    },
    alive: (atSeconds) => {
      const isGap = atSeconds - aliveAt > longestGapSeconds;
      for (const state of links.values()) {
        if (isGap) state.untilSeconds = Math.max(state.untilSeconds, atSeconds);
        else advance(state, atSeconds, atSeconds);
      }
      aliveAt = Math.max(aliveAt, atSeconds);
    },
    report: (nowSeconds) =>
      [...links.values()].flatMap((state) =>
        levelDays.map((days) => ({
          link: state.link,
          managedInstance: state.managedInstance,
          days,
          levels: levelsSince(state, Math.floor(nowSeconds / hourSeconds) - days * 24),
        })),
      ),
  };
}

function levelOf({ kind, name }: HistoryEvent): LevelName | null {
  if (kind === 'verdict') return 'healthy';
  return kind === 'objective' && (name === 'data_loss' || name === 'recovery') ? name : null;
}

function goodOf(level: LevelName, value: string): boolean | null {
  if (level !== 'healthy') return value === unseenValue ? null : value === 'met';
  // A link of which nothing is known was not seen, and one that is gone from the list is no link.
  return value === 'unknown' || value === 'ended' ? null : value === 'healthy';
}

function newState({ link, managedInstance, bySeconds }: HistoryEvent): LinkState {
  return {
    link: link ?? '',
    managedInstance: managedInstance ?? '',
    isGood: { healthy: null, data_loss: null, recovery: null },
    untilSeconds: bySeconds,
    hours: new Map(),
  };
}

/** Adds up to a time, unless the exporter was not at work in between. */
function advance(state: LinkState, toSeconds: number, aliveAt: number): void {
  if (toSeconds <= state.untilSeconds) return;
  const isSeen = toSeconds - Math.max(state.untilSeconds, aliveAt) <= longestGapSeconds;
  if (isSeen) addSpan(state, toSeconds);
  state.untilSeconds = toSeconds;
}

function addSpan(state: LinkState, toSeconds: number): void {
  let from = state.untilSeconds;
  // A clock that was set far ahead must not make years of hours.
  if (toSeconds - from > longestHours * hourSeconds) from = toSeconds - longestHours * hourSeconds;
  while (from < toSeconds) {
    const hour = Math.floor(from / hourSeconds);
    const end = Math.min(toSeconds, (hour + 1) * hourSeconds);
    const sums = state.hours.get(hour) ?? levelNames.flatMap(() => [0, 0]);
    levelNames.forEach((name, index) => {
      const isGood = state.isGood[name];
      if (isGood === null) return;
      sums[index * 2] = (sums[index * 2] ?? 0) + end - from;
      if (isGood) sums[index * 2 + 1] = (sums[index * 2 + 1] ?? 0) + end - from;
    });
    state.hours.set(hour, sums);
    from = end;
  }
  for (const oldest of state.hours.keys()) {
    if (state.hours.size <= longestHours + 1) break;
    state.hours.delete(oldest);
  }
}

function levelsSince({ hours }: LinkState, firstHour: number): LinkLevels['levels'] {
  const sums = levelNames.flatMap(() => [0, 0]);
  for (const [hour, own] of hours) {
    if (hour < firstHour) continue;
    for (const [index, each] of own.entries()) sums[index] = (sums[index] ?? 0) + each;
  }
  const level = (index: number): Level => ({
    seenSeconds: sums[index * 2] ?? 0,
    goodSeconds: sums[index * 2 + 1] ?? 0,
  });
  return { healthy: level(0), data_loss: level(1), recovery: level(2) };
}
