import type { CheckReport } from '../check/report/report.ts';
import type { Config } from '../config/config.ts';
import { exitCodeOfSeverity } from '../link/severity.ts';
import { type Clock, systemClock } from '../poll/clock.ts';
import { type Fleet, startFleet } from '../poll/fleet.ts';
import type { PollLog } from '../poll/poll-log.ts';
import { connect } from '../sql/mssql-connection.ts';
import { reportOf } from './check-links.ts';
import type { Output } from './check-output.ts';
import { stopped } from './stopped.ts';

/** Servers are polled a moment after each other: one screen for all of them. */
const settleSeconds = 0.3;
/** No screen before this share of the interval has passed since the last one. */
const restShare = 0.9;

export interface WatchOptions {
  readonly config: Config;
  /** Between two polls of a server. */
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly names: readonly string[];
  readonly output: Output;
  readonly log: PollLog;
  readonly stop: AbortSignal;
}

/**
 * Polls as the daemon does and shows each new state, until `stop` aborts. A server that hangs delays no other. Resolves
 * to the exit code of the last report.
 * @throws UsageError for a link that is not there at the first report.
 */
export async function watchLinks(options: WatchOptions): Promise<number> {
  const { config, intervalSeconds, timeoutSeconds, log, stop } = options;
  const fleet = startFleet({
    config: { ...config, pollIntervalSeconds: intervalSeconds, pollTimeoutSeconds: timeoutSeconds },
    connect,
    log,
  });
  const screens = createScreens(fleet, options, systemClock);
  try {
    await Promise.race([stopped(stop), screens.failed]);
    return exitCodeOfSeverity[screens.last()?.severity ?? 'unknown'];
  } finally {
    screens.stop();
    await fleet.stop();
  }
}

interface Screens {
  readonly last: () => CheckReport | null;
  /** Rejects when a screen can't be made; never resolves. */
  readonly failed: Promise<never>;
  readonly stop: () => void;
}

function createScreens(fleet: Fleet, options: WatchOptions, clock: Clock): Screens {
  const { config, names, output, intervalSeconds } = options;
  const { promise: failed, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | null = null;
  let last: CheckReport | null = null;
  let drawnSeconds = Number.NEGATIVE_INFINITY;

  const draw = (): void => {
    timer = null;
    const states = fleet.states();
    // The first screen shows every server; a change will come while one is still asked.
    if (states.some(({ outcome }) => outcome.kind === 'pending')) return;
    try {
      last = reportOf(states, { config, names, isStrict: last === null }, clock.nowSeconds());
      output.refresh(last, `every ${intervalSeconds} s, Ctrl-C ends`);
    } catch (error) {
      reject(error);
    }
    drawnSeconds = clock.monotonicSeconds();
  };

  fleet.onChange(() => {
    if (timer !== null) return;
    const restSeconds = drawnSeconds + intervalSeconds * restShare - clock.monotonicSeconds();
    timer = setTimeout(draw, Math.max(settleSeconds, restSeconds) * 1000);
  });

  return {
    last: () => last,
    failed,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
