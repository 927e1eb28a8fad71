import type { Failure } from '../../model/failure-reason.ts';
import type { Snapshot, ViewName, ViewReading } from '../../model/snapshot.ts';
import type { Connection } from '../../sql/connection.ts';
import { endLimit, withinLimit } from '../../threads/abort-signals.ts';
import { essentialViews, pollingOrder } from '../../views/index.ts';
import { isViewOf, type View } from '../../views/view.ts';
import type { Clock } from '../time/clock.ts';
import { readBatch } from './batch.ts';
import { askView, isViewDue, leaveUnasked, type Progress, snapshotOf, startProgress, takeKept } from './progress.ts';
import type { RowsReading } from './view.ts';
import { costlyLast, isBatchable, type ViewMemory } from './view-memory.ts';
import type { ViewPlans } from './view-schedule.ts';

/** The connection of one poll, which can be replaced once while it runs. */
export interface PollLine {
  /** Null: there is none any more. */
  readonly current: () => Connection | null;
  /** Whether it was made by an earlier poll: it may have died since, without a sign. */
  readonly isKept: () => boolean;
  readonly canReplace: () => boolean;
  /**
   * Closes it and logs in once more. Resolves to why that failed, null when it did not. Never rejects. What a batch ended
   * may be replaced once more, as it is not known yet which view that was.
   */
  readonly replace: (signal: AbortSignal, ended?: 'batch') => Promise<Failure | null>;
  readonly close: () => void;
}

export interface ReadOptions {
  readonly line: PollLine;
  readonly clock: Clock;
  /** Aborts at the poll's time limit, and when the program stops: for the essential views. */
  readonly signal: AbortSignal;
  /** Aborts when the program stops. */
  readonly stop: AbortSignal;
  /** When the poll's time limit comes, on the monotonic clock, and how long it is. */
  readonly deadlineSeconds: number;
  readonly timeoutSeconds: number;
  readonly memory: ViewMemory;
  readonly plans: ViewPlans;
  /** Called when the views after the essential ones take long: role and health must not wait for them. */
  readonly onEarly: (early: SnapshotReading) => void;
  readonly earlyAfterSeconds: number;
}

/** What reading all views gave; `views` holds the latest reading of each view that was tried. */
export interface SnapshotReading {
  readonly views: ReadonlyMap<ViewName, ViewReading>;
  readonly result:
    | { readonly kind: 'ok'; readonly snapshot: Snapshot }
    /** `view` is null when no connection could be had in place of a dead one. */
    | { readonly kind: 'failed'; readonly view: ViewName | null; readonly failure: Failure };
}

/** A view gets half of the time that is left, so that one that hangs leaves the same to the others. */
const viewShare = 1 / 2;

/** The least that a view gets, however little is left. */
const leastViewShare = 1 / 20;

/**
 * Reads every view that is due once: together what is quick, and one after another what was not answered so. Only the essential views, which come first, can fail the poll. Any
 * other that is refused, or that takes longer than its share of the time, is not seen and the rest goes on; where it was
 * the end of the connection, over another one. Views with a time limit of their own come last.
 */
export async function readSnapshot(options: ReadOptions): Promise<SnapshotReading> {
  const { memory, plans } = options;
  const progress = startProgress();
  // A new connection is to a server that has not said what it is: it is asked first, and alone.
  if (options.line.isKept()) await takeTogether(essentialViews, progress, options);
  for (const view of essentialViews) {
    if (view !== essentialViews[0]) await takeTogether([view], progress, options);
    if (progress.fresh.has(view.name)) continue;
    const failed = await takeEssential(view, progress, options);
    if (failed !== null) return { views: progress.views, result: { kind: 'failed', ...failed } };
  }
  await takeTogether([], progress, options);
  const engine = progress.rows.server?.[0]?.engine ?? null;
  const others = pollingOrder.filter((view) => !essentialViews.includes(view) && isViewOf(view, engine));
  const isLimited = ({ name }: View): boolean => plans(name).timeoutSeconds !== null;
  const ordinary = costlyLast(
    others.filter((view) => !isLimited(view)),
    memory,
  );
  const limited = costlyLast(others.filter(isLimited), memory);
  const take = (views: readonly View[]): Promise<void> => takeOthers(views, progress, options);
  // The first reading of what is in every poll is waited for: a link of which half is seen says less than none.
  const areKept = ordinary.every(({ name }) => memory.kept.has(name));
  if (!areKept) await take(ordinary);
  const rest = areKept ? [...ordinary, ...limited] : limited;
  for (const { name } of rest) takeKept(name, progress, memory);
  await withEarlyWord(take(rest), () => options.onEarly(succeeded(progress)), options);
  return succeeded(progress);
}

/** A kept connection gets this share of the time for its first answer: one that died without a sign is replaced then. */
const firstAnswerShare = 1 / 3;

/** Asks essential views together with all others that are due and have no time limit of their own, once in a poll. */
async function takeTogether(essential: readonly View[], progress: Progress, options: ReadOptions): Promise<void> {
  const { line, clock, memory, plans, signal, stop, deadlineSeconds, timeoutSeconds } = options;
  const connection = line.current();
  const facts = progress.rows.server?.[0] ?? memory.facts;
  if (connection === null || facts === null || progress.isBatchSent) return;
  // One that can't be read is the end of the poll: nothing is asked before it.
  if (!essential.every(({ name }) => isBatchable(name, memory))) return;
  progress.isBatchSent = true;
  const ordinary = pollingOrder.filter(
    (view) =>
      !essentialViews.includes(view) &&
      isViewOf(view, facts.engine) &&
      plans(view.name).timeoutSeconds === null &&
      isViewDue(view.name, { clock, memory, plan: plans(view.name) }),
  );
  const limit = (): AbortSignal => {
    const leftSeconds = deadlineSeconds - clock.monotonicSeconds();
    return clock.timeLimit(Math.max(leftSeconds * firstAnswerShare, timeoutSeconds * leastViewShare));
  };
  const batch = { connection, clock, memory, plans, signal, limit };
  const ended = await readBatch([...essential, ...ordinary], progress, batch);
  if (ended === null || stop.aborted) return;
  line.close();
  // The time of the poll is over: what it ended with is what the server kept it waiting for.
  progress.isOver = signal.aborted;
  progress.ended = progress.isOver ? ended : await line.replace(signal, 'batch');
  // The connection had died since the last poll: what was asked over it counts for nothing.
  if (progress.fresh.size === 0) progress.isBatchSent = false;
}

/** Copies: what is read later does not change it. */
function succeeded(progress: Progress): SnapshotReading {
  return { views: new Map(progress.views), result: { kind: 'ok', snapshot: snapshotOf(progress) } };
}

/** Reads an essential view. A connection that an earlier poll made may have died since: then over another one, once. */
async function takeEssential(
  view: View,
  progress: Progress,
  options: ReadOptions,
): Promise<{ readonly view: ViewName | null; readonly failure: Failure } | null> {
  const { line, clock, signal, deadlineSeconds } = options;
  const isFirst = view === essentialViews[0];
  if (progress.ended !== null) return { view: progress.isOver ? view.name : null, failure: progress.ended };
  const leftSeconds = deadlineSeconds - clock.monotonicSeconds();
  const limit = isFirst && line.isKept() ? clock.timeLimit(leftSeconds * firstAnswerShare) : null;
  let reading = await ask(view, progress, { ...options, signal, limit });
  if (limit !== null) endLimit(limit);
  if (reading.failure === null || signal.aborted) return failureOf(view, reading);
  if (!reading.isConnectionUsable && line.isKept() && line.canReplace()) {
    const failure = await line.replace(signal);
    if (failure !== null) return { view: null, failure };
    reading = await ask(view, progress, { ...options, signal, limit: null });
  } else if (reading.isConnectionUsable && limit !== null && reading.failure.reason === 'timeout') {
    // It is slow, and it heeds a cancellation: it gets the rest of the time.
    reading = await ask(view, progress, { ...options, signal, limit: null });
  }
  return failureOf(view, reading);
}

function failureOf({ name }: View, { failure }: RowsReading): { view: ViewName; failure: Failure } | null {
  return failure === null ? null : { view: name, failure };
}

async function takeOthers(views: readonly View[], progress: Progress, options: ReadOptions): Promise<void> {
  const { line, clock, memory, plans, stop, deadlineSeconds, timeoutSeconds } = options;
  const shareSeconds = (): number => {
    const leftSeconds = deadlineSeconds - clock.monotonicSeconds();
    return Math.max(leftSeconds * viewShare, timeoutSeconds * leastViewShare);
  };
  for (const view of views) {
    if (stop.aborted) return;
    if (progress.fresh.has(view.name)) continue;
    const plan = plans(view.name);
    if (!isViewDue(view.name, { clock, memory, plan })) {
      takeKept(view.name, progress, memory);
      continue;
    }
    if (progress.ended !== null && line.canReplace()) {
      progress.ended = await withinLimit(stop, clock.timeLimit(shareSeconds()), (signal) => line.replace(signal));
    }
    if (progress.ended !== null) {
      leaveUnasked(view.name, progress, { memory, why: progress.ended });
      continue;
    }
    const limit = clock.timeLimit(plan.timeoutSeconds ?? shareSeconds());
    const reading = await ask(view, progress, { ...options, signal: stop, limit });
    endLimit(limit);
    if (!reading.isConnectionUsable) progress.ended = reading.failure;
  }
}

interface AskOptions extends ReadOptions {
  readonly limit: AbortSignal | null;
}

async function ask(view: View, progress: Progress, options: AskOptions): Promise<RowsReading> {
  const { line, clock, memory, plans, signal, limit } = options;
  const connection = line.current();
  if (connection === null) throw new Error(`there is no connection for ${view.name}`);
  const asking = { connection, clock, memory, plan: plans(view.name), signal, limit };
  const reading = await askView(view, progress, asking);
  if (!reading.isConnectionUsable) line.close();
  return reading;
}

/** Waits for `work`, and calls `tell` once if that takes long. */
async function withEarlyWord(
  work: Promise<void>,
  tell: () => void,
  { clock, earlyAfterSeconds }: ReadOptions,
): Promise<void> {
  const early = clock.timeLimit(earlyAfterSeconds);
  early.addEventListener('abort', tell, { once: true });
  try {
    await work;
  } finally {
    early.removeEventListener('abort', tell);
    endLimit(early);
  }
}
