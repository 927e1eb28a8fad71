import type { AzureLog } from '../../azure/poll/log.ts';
import { type AzureClock, type AzurePoller, startAzurePoller } from '../../azure/poll/poller.ts';
import { readFailoverGroups } from '../../azure/read-failover-groups.ts';
import { requestToken } from '../../azure/request-token.ts';
import { createResourceManager, type ResourceManager } from '../../azure/resource-manager.ts';
import { TokenError } from '../../azure/token-error.ts';
import { createTokenSource } from '../../azure/token-source.ts';
import type { AzureConfig } from '../../config/azure/azure.ts';
import { isSame } from '../../config/server/same-server.ts';
import type { AzureState } from '../../model/azure/state.ts';
import { systemClock } from '../../poll/time/clock.ts';
import type { AzureSight } from '../../preflight/condition.ts';
import { untilAborted } from '../../threads/abort-signals.ts';
import { stopped } from '../command.ts';
import { version } from '../version.ts';

export interface AzureReadingOptions {
  readonly clock: AzureClock;
  readonly log: AzureLog;
}

/** What asks Azure, with a token source of its own. */
function resourceManagerOf(config: AzureConfig, clock: AzureClock): ResourceManager {
  const tokens = createTokenSource({
    request: (signal) => untilAborted(requestToken(config.authentication, signal), signal, tokenLate()),
    nowSeconds: clock.nowSeconds,
  });
  return createResourceManager({ config, tokens, version, nowSeconds: clock.nowSeconds });
}

/** Starts to read what the configuration says; `initial` is what is known of a former one. */
export function startReading(
  config: AzureConfig,
  { clock, log, onRead, initial = null }: AzureReadingOptions & { onRead: () => void; initial?: AzureState | null },
): AzurePoller {
  const resourceManager = resourceManagerOf(config, clock);
  return startAzurePoller({ config, resourceManager, clock, log, onRead, initial });
}

/** Reads everything once, each thing within the configuration's time limit, and no more once `stop` aborts. */
export async function readAzureOnce(
  config: AzureConfig,
  { log, stop }: { readonly log: AzureLog; readonly stop: AbortSignal },
): Promise<AzureState> {
  const poller = startReading(config, { clock: systemClock, log, onRead: () => undefined });
  await Promise.race([poller.firstRound, stopped(stop)]);
  const state = poller.state();
  await poller.stop();
  return state;
}

/** What Azure says of one managed instance, by its short name, with what only `preflight` asks. */
export async function readInstanceOnce(
  config: AzureConfig,
  name: string,
  options: { readonly log: AzureLog; readonly stop: AbortSignal },
): Promise<AzureSight> {
  // Of a subscription that is read as a whole this one instance alone.
  const alone = { ...config, share: { own: [name], others: [], ordinal: -1, total: 1 } };
  const { subscriptions } = await readAzureOnce(alone, options);
  const instance = subscriptions.flatMap(({ instances }) => instances).find((each) => each.name === name);
  if (instance === undefined) {
    const failure = subscriptions.flatMap(({ listing }) => listing?.failure ?? [])[0];
    const why = failure === undefined ? 'none of that name is read' : `${failure.reason}: ${failure.message}`;
    return { kind: 'absent', why: `what Azure says of ${name} is not known: ${why}` };
  }
  const signal = AbortSignal.any([options.stop, systemClock.timeLimit(config.timeoutSeconds)]);
  const failoverGroups = await readFailoverGroups(resourceManagerOf(config, systemClock), instance, signal);
  return { kind: 'read', instance, failoverGroups };
}

function tokenLate(): TokenError {
  return new TokenError('no token was given within the time limit of a reading');
}

/** Azure as the configuration in force has it, from one to the next. */
export interface AzureReading {
  /** Null where Azure is not read. */
  readonly state: () => AzureState | null;
  /** Goes by another configuration; what is known of instances that are in both stays. */
  readonly reconfigure: (config: AzureConfig | undefined) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createAzureReading(options: AzureReadingOptions & { readonly onRead: () => void }): AzureReading {
  let current: AzureConfig | undefined;
  let poller: AzurePoller | null = null;
  let hasStopped = false;
  return {
    state: () => poller?.state() ?? null,
    reconfigure: async (config) => {
      if (hasStopped || isSame(current, config)) return;
      const former = poller;
      const isSameCloud = current?.resourceManager === config?.resourceManager;
      const initial = isSameCloud ? (former?.state() ?? null) : null;
      current = config;
      poller = config === undefined ? null : startReading(config, { ...options, initial });
      options.onRead();
      await former?.stop();
    },
    stop: async () => {
      hasStopped = true;
      await poller?.stop();
    },
  };
}
