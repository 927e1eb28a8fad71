import type { Config, ViewSchedule } from '../../config/config.ts';
import type { ViewName, ViewReading } from '../../model/snapshot.ts';

/** Views with a time limit of their own even where the configuration says nothing: the slow ones, and what is a procedure. */
const limitedByDefault: ReadonlySet<ViewName> = new Set(['database_replica_states', 'endpoint_certificate']);

/** Views that a server may well refuse for good, and after how many seconds they are asked again then. */
const refusalRestSeconds: ReadonlyMap<ViewName, number> = new Map([['endpoint_certificate', 3600]]);

/** A view that ran into its limit is left alone for this many times as long: at most a tenth of the time goes to it. */
const restFactor = 10;

/** The least rest of a view that ends each connection: each costs a login. */
const costlyRestSeconds = 300;

/** A reading is due a little early rather than one poll late. */
const slackShare = 0.05;

/** When the views of a server are read. */
export type ViewPlans = (name: ViewName) => ViewPlan;

export interface ViewPlan extends ViewSchedule {
  /** How long a view rests that the server has refused; absent: not at all. */
  readonly refusalRestSeconds?: number;
}

/** The plans that a configuration makes: where it is silent, every view in every poll. */
export function viewPlans({ views, pollTimeoutSeconds }: Pick<Config, 'views' | 'pollTimeoutSeconds'>): ViewPlans {
  const schedules: Partial<Record<ViewName, ViewSchedule>> = views;
  return (name) => {
    const { intervalSeconds = null, timeoutSeconds = null } = schedules[name] ?? {};
    const defaultSeconds = limitedByDefault.has(name) ? pollTimeoutSeconds : null;
    const plan = { intervalSeconds, timeoutSeconds: timeoutSeconds ?? defaultSeconds };
    const rest = refusalRestSeconds.get(name);
    return rest === undefined ? plan : { ...plan, refusalRestSeconds: rest };
  };
}

/** The last reading of a view, for the polls in which it is not due, and until it has been read again in one. */
export interface KeptView {
  /** Null: it could not be read. */
  readonly rows: readonly unknown[] | null;
  readonly reading: ViewReading;
  /** When it was asked, on the monotonic clock. */
  readonly triedAtSeconds: number;
  /** How long it is left alone after that; null: the next poll asks, whatever its interval. */
  readonly restSeconds: number | null;
}

/** Whether a view is to be read in a poll that runs at `nowSeconds` of the monotonic clock. */
export function isDue(kept: KeptView | undefined, plan: ViewPlan, nowSeconds: number): boolean {
  if (kept === undefined || kept.restSeconds === null) return true;
  const waitSeconds = Math.max((plan.intervalSeconds ?? 0) * (1 - slackShare), kept.restSeconds);
  return nowSeconds - kept.triedAtSeconds >= waitSeconds;
}

/**
 * How long a view is left alone after a reading that was the end of as many connections in a row as `cost` says. One may
 * have ended because of a moment of the server: then the view is due at once. From two on it is the view.
 */
export function restAfter(reading: ViewReading, plan: ViewPlan, cost: number): number | null {
  if (cost === 1) return null;
  const { failure, durationSeconds } = reading;
  if (cost > 1) return Math.max(restFactor * durationSeconds, costlyRestSeconds);
  if (failure?.reason === 'timeout') return restFactor * durationSeconds;
  const isRefused = failure?.reason === 'permission' || failure?.reason === 'missing_object';
  return isRefused ? (plan.refusalRestSeconds ?? 0) : 0;
}
