import type { CheckReport } from '../../check/report/report.ts';
import type { Config } from '../../config/config.ts';
import { exitCodeOfSeverity } from '../../link/severity.ts';
import type { AzureState } from '../../model/azure/state.ts';
import { type Fleet, startFleet } from '../../poll/fleet.ts';
import type { PollLog } from '../../poll/poll-log.ts';
import { type Clock, systemClock } from '../../poll/time/clock.ts';
import { connect } from '../../sql/mssql-connection.ts';
import { stopped } from '../command.ts';
import { createAzureReading } from '../reading/azure.ts';
import { reportOf } from '../reading/report.ts';
import type { Output } from './output.ts';

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
  const azure = createAzureReading({ clock: systemClock, log, onRead: () => screens.changed() });
  const screens = createScreens(fleet, { ...options, readAzure: azure.state }, systemClock);
  await azure.reconfigure(config.azure);
  try {
    await Promise.race([stopped(stop), screens.failed]);
    return exitCodeOfSeverity[screens.last()?.severity ?? 'unknown'];
  } finally {
    screens.stop();
    await Promise.all([fleet.stop(), azure.stop()]);
  }
}

interface Screens {
  readonly last: () => CheckReport | null;
  /** Rejects when a screen can't be made; never resolves. */
  readonly failed: Promise<never>;
  /** Something was read. */
  readonly changed: () => void;
  readonly stop: () => void;
}

/** Nothing was read of the links of any instance. */
function isPending({ subscriptions }: AzureState): boolean {
  return subscriptions.every(({ listing, instances }) =>
    instances.length === 0
      ? listing?.lastPollTimestampSeconds === null
      : instances.some(({ links }) => links.lastPollTimestampSeconds === null),
  );
}

function createScreens(
  fleet: Fleet,
  options: WatchOptions & { readonly readAzure: () => AzureState | null },
  clock: Clock,
): Screens {
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
    const azure = options.readAzure();
    if (states.length === 0 && (azure === null || isPending(azure))) return;
    try {
      last = reportOf({ servers: states, azure }, { config, names, isStrict: last === null }, clock.nowSeconds());
      output.refresh(last, `every ${intervalSeconds} s, Ctrl-C ends`);
    } catch (error) {
      reject(error);
    }
    drawnSeconds = clock.monotonicSeconds();
  };

  const changed = (): void => {
    if (timer !== null) return;
    const restSeconds = drawnSeconds + intervalSeconds * restShare - clock.monotonicSeconds();
    timer = setTimeout(draw, Math.max(settleSeconds, restSeconds) * 1000);
  };
  fleet.onChange(changed);

  return {
    last: () => last,
    failed,
    changed,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
