import type { Config, ViewSchedule } from '../config/config.ts';
import type { ViewName, ViewReading } from '../model/snapshot.ts';

/** Views with a time limit of their own even where the configuration says nothing: the slow ones, and what is a procedure. */
const limitedByDefault: ReadonlySet<ViewName> = new Set(['database_replica_states', 'endpoint_certificate']);

/** Views that a server may well refuse for good, and after how many seconds they are asked again then. */
const refusalRestSeconds: ReadonlyMap<ViewName, number> = new Map([['endpoint_certificate', 3600]]);

/** A view that ran into its limit is left alone for this many times as long: at most a tenth of the time goes to it. */
const restFactor = 10;

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

/** The last reading of a view, for the polls in which it is not due. */
export interface KeptView {
  /** Null: it could not be read. */
  readonly rows: readonly unknown[] | null;
  readonly reading: ViewReading;
  /** When it was asked, on the monotonic clock. */
  readonly triedAtSeconds: number;
}

/** Whether a view is to be read in a poll that runs at `nowSeconds` of the monotonic clock. */
export function isDue(kept: KeptView | undefined, plan: ViewPlan, nowSeconds: number): boolean {
  if (kept === undefined) return true;
  const waitSeconds = Math.max((plan.intervalSeconds ?? 0) * (1 - slackShare), restSeconds(kept.reading, plan));
  return nowSeconds - kept.triedAtSeconds >= waitSeconds;
}

function restSeconds({ failure, durationSeconds }: ViewReading, { refusalRestSeconds = 0 }: ViewPlan): number {
  if (failure?.reason === 'timeout') return restFactor * durationSeconds;
  return failure?.reason === 'permission' || failure?.reason === 'missing_object' ? refusalRestSeconds : 0;
}
