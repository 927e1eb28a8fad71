import type { AzureConfig } from '../../config/azure/azure.ts';
import { isOwnInstance } from '../../config/shard/shard.ts';
import type { AzureFailure, AzureResource, AzureState } from '../../model/azure/state.ts';
import { limitedBy } from '../../threads/abort-signals.ts';
import { failureWithoutAnswer, messageOf } from '../failure.ts';
import type { AzureAnswer, ResourceManager } from '../resource-manager.ts';
import { type AzureLog, logReading } from './log.ts';
import { listingPath, parseItems, resourceKinds, resourcePath } from './resources.ts';
import { firstDelaySeconds, nextReadingSeconds, pauseSeconds, placeOf } from './schedule.ts';
import { createStore, type Instance, type Store, type Subscription } from './store.ts';

/** The clocks of the poller, given so that tests can hold them. */
export interface AzureClock {
  /** Unix seconds. */
  readonly nowSeconds: () => number;
  /** Seconds that only ever go forward. */
  readonly monotonicSeconds: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Aborts after so many seconds. */
  readonly timeLimit: (seconds: number) => AbortSignal;
}

export interface AzurePollerOptions {
  readonly config: AzureConfig;
  readonly resourceManager: ResourceManager;
  readonly clock: AzureClock;
  readonly log: AzureLog;
  /** What is known already, of a former configuration; null: nothing. */
  readonly initial?: AzureState | null;
  /** Called after each reading, with the new state in place. */
  readonly onRead: () => void;
}

/** Reads Azure again and again, until it is stopped. */
export interface AzurePoller {
  /** The same object until something was read. */
  readonly state: () => AzureState;
  /** Resolves when everything was read once, or could not be. */
  readonly firstRound: Promise<void>;
  /** Ends the readings under way. */
  readonly stop: () => Promise<void>;
}

/** One thing that is read: the list of a subscription's instances where `instance` is null. */
interface Task {
  readonly subscription: Subscription;
  readonly instance: Instance | null;
  readonly resource: AzureResource;
  readonly intervalSeconds: number;
  readonly place: number;
  /** Monotonic. */
  dueSeconds: number;
  failures: number;
  isRunning: boolean;
  wasRead: boolean;
}

/** As many requests at once; Azure counts them for all programs of one identity. */
const maximumRequests = 8;
const longestTimerSeconds = 3600;

export function startAzurePoller(options: AzurePollerOptions): AzurePoller {
  const { config, clock, log } = options;
  const stop = new AbortController();
  const store: Store = createStore(config, options.initial ?? null);
  const running = new Set<Promise<void>>();
  const { promise: firstRound, resolve: endFirstRound } = Promise.withResolvers<void>();
  let tasks: Task[] = [];
  let timer: NodeJS.Timeout | null = null;

  const add = (added: readonly Pick<Task, 'subscription' | 'instance' | 'resource'>[]): void => {
    for (const each of added) {
      const intervalSeconds = config.intervals[resourceKinds[each.resource].interval];
      const place = placeOf(`${each.subscription.id} ${each.instance?.name ?? ''} ${each.resource}`);
      const dueSeconds = clock.monotonicSeconds() + firstDelaySeconds(place, added.length, intervalSeconds);
      tasks.push({ ...each, intervalSeconds, place, dueSeconds, failures: 0, isRunning: false, wasRead: false });
    }
  };

  const tasksOf = (
    subscription: Subscription,
    instance: Instance,
  ): Pick<Task, 'subscription' | 'instance' | 'resource'>[] =>
    (Object.keys(resourceKinds) as AzureResource[])
      // The list of the subscription tells of each instance.
      .filter((resource) => resource !== 'instance' || subscription.listing === null)
      .map((resource) => ({ subscription, instance, resource }));

  /** Puts tasks beside the instances that a list shows, and drops those of instances that it no longer shows. */
  const follow = (subscription: Subscription): void => {
    tasks = tasks.filter(
      (task) =>
        task.subscription !== subscription || task.instance === null || subscription.instances.has(task.instance.name),
    );
    const known = new Set(tasks.map(({ instance }) => instance));
    add(
      [...subscription.instances.values()]
        .filter((instance) => !known.has(instance))
        .flatMap((instance) => tasksOf(subscription, instance)),
    );
  };

  const unixOf = (monotonic: number): number => clock.nowSeconds() + monotonic - clock.monotonicSeconds();

  /** What was asked before the pause and is due within it is too old to be shown. */
  const skipPaused = (task: Task, pausedUntil: number): void => {
    task.dueSeconds = pausedUntil + clock.random() * Math.min(task.intervalSeconds, 10);
    task.wasRead = true;
    const failure = failureWithoutAnswer('throttled', 'not asked: Azure wants fewer requests for a while');
    store.fail(task, failure, unixOf(task.dueSeconds));
  };

  async function read(task: Task): Promise<void> {
    const { subscription, instance, resource } = task;
    const startedSeconds = clock.monotonicSeconds();
    const signal = limitedBy(stop.signal, clock.timeLimit(config.timeoutSeconds));
    const path = instance === null ? listingPath(subscription.id) : resourcePath(instance, resource);
    const kind = instance === null ? 'list' : resourceKinds[resource].kind;
    const answer = await options.resourceManager.read(path, kind, signal);
    if (stop.signal.aborted) return;
    pauseAfter(answer, subscription);
    const endedSeconds = clock.monotonicSeconds();
    const failure = answer.failure;
    task.failures = failure === null ? 0 : task.failures + 1;
    const { intervalSeconds, place, failures } = task;
    const random = clock.random();
    const reason = failure?.reason ?? null;
    const due = nextReadingSeconds({ endedSeconds, intervalSeconds, place, reason, failures, random });
    // Of what is unavailable for a while (RFC 9110, 10.2.3) only this reading waits, of what is throttled the whole subscription.
    const askedSeconds = failure === null ? 0 : endedSeconds + (answer.retryAfterSeconds ?? 0);
    task.dueSeconds = Math.max(due, askedSeconds, subscription.pausedUntilSeconds ?? 0);
    task.wasRead = true;
    apply(task, answer, failure, {
      nowSeconds: clock.nowSeconds(),
      durationSeconds: endedSeconds - startedSeconds,
      nextSeconds: unixOf(task.dueSeconds),
    });
  }

  function apply(
    task: Task,
    { items, remaining }: AzureAnswer,
    failure: AzureFailure | null,
    times: { readonly nowSeconds: number; readonly durationSeconds: number; readonly nextSeconds: number },
  ): void {
    const parsed = failure === null ? parseItems(items, resourceKinds[task.resource].parse) : null;
    const { before, after } = store.put(task, { parsed, failure, remaining, times }, (name) =>
      isOwnInstance(config.share, name),
    );
    logReading(log, task, before, after);
    if (task.instance === null && failure === null) follow(task.subscription);
  }

  function pauseAfter({ failure, retryAfterSeconds }: AzureAnswer, subscription: Subscription): void {
    if (failure === null) subscription.throttled = 0;
    if (failure?.reason !== 'throttled') return;
    subscription.throttled += 1;
    const seconds = pauseSeconds(retryAfterSeconds, subscription.throttled, clock.random());
    const until = clock.monotonicSeconds() + seconds;
    const former = Math.max(subscription.pausedUntilSeconds ?? 0, clock.monotonicSeconds());
    if (until <= former) return;
    store.pause(subscription, {
      untilSeconds: until,
      untilTimestampSeconds: unixOf(until),
      addedSeconds: until - former,
    });
  }

  function endPauses(now: number): void {
    for (const subscription of store.subscriptions) {
      if (subscription.pausedUntilSeconds !== null && subscription.pausedUntilSeconds <= now)
        store.resume(subscription);
    }
  }

  const run = (task: Task): void => {
    task.isRunning = true;
    const work = read(task)
      .catch((error: unknown) => {
        // A defect of this program must not end the readings.
        task.dueSeconds = clock.monotonicSeconds() + task.intervalSeconds;
        task.wasRead = true;
        store.fail(task, failureWithoutAnswer('internal', messageOf(error)), unixOf(task.dueSeconds));
        log.warn('reading Azure failed in this program', { error: messageOf(error) });
      })
      .finally(() => {
        task.isRunning = false;
        running.delete(work);
        if (stop.signal.aborted) return;
        options.onRead();
        look();
      });
    running.add(work);
  };

  function look(): void {
    if (stop.signal.aborted) return;
    const now = clock.monotonicSeconds();
    endPauses(now);
    let hasSkipped = false;
    for (const task of tasks
      .filter((each) => !each.isRunning)
      .sort((one, other) => one.dueSeconds - other.dueSeconds)) {
      if (task.dueSeconds > now) break;
      const { pausedUntilSeconds } = task.subscription;
      if (pausedUntilSeconds !== null) {
        skipPaused(task, pausedUntilSeconds);
        hasSkipped = true;
      } else if (running.size < maximumRequests) run(task);
    }
    if (hasSkipped) options.onRead();
    if (tasks.every(({ wasRead }) => wasRead)) endFirstRound();
    arm();
  }

  function arm(): void {
    if (timer !== null) clearTimeout(timer);
    const waiting = tasks.filter(({ isRunning }) => !isRunning).map(({ dueSeconds }) => dueSeconds);
    const pauses = store.subscriptions.flatMap(({ pausedUntilSeconds }) => pausedUntilSeconds ?? []);
    // With all requests in use the end of one of them looks again.
    const next = running.size >= maximumRequests ? Number.POSITIVE_INFINITY : Math.min(...waiting, ...pauses);
    const seconds = Math.min(Math.max(next - clock.monotonicSeconds(), 0), longestTimerSeconds);
    timer = setTimeout(look, Math.ceil(seconds * 1000));
  }

  for (const subscription of store.subscriptions) {
    if (subscription.listing !== null) add([{ subscription, instance: null, resource: 'instance' }]);
  }
  add(
    store.subscriptions.flatMap((subscription) =>
      [...subscription.instances.values()].flatMap((instance) => tasksOf(subscription, instance)),
    ),
  );
  look();

  return {
    state: store.state,
    firstRound,
    stop: async () => {
      stop.abort();
      if (timer !== null) clearTimeout(timer);
      endFirstRound();
      await Promise.all(running);
    },
  };
}
