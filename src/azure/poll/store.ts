import type { AzureConfig } from '../../config/azure/azure.ts';
import { isOwnInstance } from '../../config/shard/shard.ts';
import type { AzureInstance } from '../../model/azure/instance.ts';
import type { AzureLink } from '../../model/azure/link.ts';
import {
  type AzureFailure,
  type AzureInstanceState,
  type AzureReading,
  type AzureResource,
  type AzureState,
  type AzureSubscriptionState,
  noAzureHistory,
  notYetRead,
} from '../../model/azure/state.ts';
import type { RemainingReads } from '../resource-manager.ts';
import { nextHistory, type ReadingTimes, type Result, withoutAsking, withResult } from './reading.ts';
import { resourceKinds } from './resources.ts';

/** Where an instance is; the same object as long as it is read. */
export type Instance = Pick<AzureInstanceState, 'subscriptionId' | 'resourceGroup' | 'name'>;

export interface Subscription {
  readonly id: string;
  readonly name: string;
  listing: AzureSubscriptionState['listing'];
  readonly instances: Map<string, Instance>;
  readonly states: Map<string, AzureInstanceState>;
  /** Monotonic; null: no pause. */
  pausedUntilSeconds: number | null;
  pausedUntilTimestampSeconds: number | null;
  /** 429s one after another. */
  throttled: number;
  throttledSeconds: number;
  remaining: RemainingReads;
}

interface Place {
  readonly subscription: Subscription;
  readonly instance: Instance | null;
  readonly resource: AzureResource;
}

/** What an answer came to: `parsed` is null after a failure. */
export interface Put {
  readonly parsed: { readonly values: readonly unknown[]; readonly oddities: readonly string[] } | null;
  readonly failure: AzureFailure | null;
  readonly remaining: RemainingReads;
  readonly times: ReadingTimes;
}

interface Change {
  readonly before: AzureReading<unknown>;
  readonly after: AzureReading<unknown>;
}

/** All that is known of Azure, and nothing that was true once. */
export interface Store {
  readonly subscriptions: readonly Subscription[];
  readonly state: () => AzureState;
  readonly put: (place: Place, put: Put, isOwn: (name: string) => boolean) => Change;
  readonly fail: (place: Place, failure: AzureFailure, nextSeconds: number) => void;
  readonly pause: (
    subscription: Subscription,
    pause: { readonly untilSeconds: number; readonly untilTimestampSeconds: number; readonly addedSeconds: number },
  ) => void;
  readonly resume: (subscription: Subscription) => void;
}

const noRemaining: RemainingReads = { reads: null, globalReads: null };

export function createStore(config: AzureConfig, initial: AzureState | null): Store {
  const former = new Map(initial?.subscriptions.map((each) => [each.id, each]));
  const subscriptions = config.subscriptions.map((each): Subscription => {
    const before = former.get(each.id);
    const subscription: Subscription = {
      id: each.id,
      name: each.name,
      listing: each.managedInstances === null ? (before?.listing ?? notYetRead) : null,
      instances: new Map(),
      states: new Map(),
      pausedUntilSeconds: null,
      pausedUntilTimestampSeconds: null,
      throttled: 0,
      throttledSeconds: before?.throttledSeconds ?? 0,
      remaining: noRemaining,
    };
    const known = each.managedInstances ?? before?.instances ?? [];
    for (const { name, resourceGroup } of known) {
      if (!isOwnInstance(config.share, name)) continue;
      const state = before?.instances.find((one) => one.name === name && one.resourceGroup === resourceGroup);
      addInstance(subscription, { subscriptionId: each.id, resourceGroup, name }, state);
    }
    return subscription;
  });
  let state: AzureState | null = null;
  const changed = (): void => {
    state = null;
  };

  return {
    subscriptions,
    state: () => {
      state ??= { subscriptions: subscriptions.map(stateOf) };
      return state;
    },
    put: (place, put, isOwn) => {
      changed();
      const { subscription } = place;
      if (put.remaining.reads !== null || put.remaining.globalReads !== null) subscription.remaining = put.remaining;
      return place.instance === null ? putListing(subscription, put, isOwn) : putResource(place, place.instance, put);
    },
    fail: ({ subscription, instance, resource }, failure, nextSeconds) => {
      changed();
      if (instance === null) {
        subscription.listing = withoutAsking(subscription.listing ?? notYetRead, failure, nextSeconds);
        failInstances(subscription, failure, nextSeconds);
        return;
      }
      const { key } = resourceKinds[resource];
      const before = subscription.states.get(instance.name);
      if (before === undefined) return;
      subscription.states.set(instance.name, {
        ...before,
        [key]: withoutAsking(before[key] as AzureReading<unknown>, failure, nextSeconds),
      });
    },
    pause: (subscription, { untilSeconds, untilTimestampSeconds, addedSeconds }) => {
      changed();
      subscription.pausedUntilSeconds = untilSeconds;
      subscription.pausedUntilTimestampSeconds = untilTimestampSeconds;
      subscription.throttledSeconds += addedSeconds;
    },
    resume: (subscription) => {
      changed();
      subscription.pausedUntilSeconds = null;
      subscription.pausedUntilTimestampSeconds = null;
    },
  };
}

function addInstance(subscription: Subscription, instance: Instance, state: AzureInstanceState | undefined): void {
  subscription.instances.set(instance.name, instance);
  subscription.states.set(instance.name, {
    ...(state ?? {
      instance: notYetRead,
      links: notYetRead,
      operations: notYetRead,
      endpointCertificates: notYetRead,
      serverTrustCertificates: notYetRead,
      history: noAzureHistory,
    }),
    ...instance,
    subscription: subscription.name,
  });
}

function stateOf(subscription: Subscription): AzureSubscriptionState {
  const { id, name, listing, states, pausedUntilTimestampSeconds, throttledSeconds, remaining } = subscription;
  return {
    id,
    name,
    listing,
    instances: [...states.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    pausedUntilTimestampSeconds,
    throttledSeconds,
    remainingReads: remaining.reads,
    remainingGlobalReads: remaining.globalReads,
  };
}

/** The list of a subscription says which instances there are, and what each of them is. */
function putListing(
  subscription: Subscription,
  { parsed, failure, times }: Put,
  isOwn: (name: string) => boolean,
): Change {
  const before = subscription.listing ?? notYetRead;
  const values = (parsed?.values ?? []) as readonly AzureInstance[];
  const own = values.filter(({ name, resourceGroup }) => resourceGroup !== null && isOwn(name));
  const result: Result<readonly AzureInstance[]> =
    failure === null ? { value: values, failure, oddities: parsed?.oddities ?? [] } : { value: null, failure };
  const after = withResult(before, result, times);
  subscription.listing = after;
  if (failure !== null) {
    failInstances(subscription, failure, times.nextSeconds);
    return { before, after };
  }
  const present = new Map(own.map((each) => [each.name, each]));
  for (const name of subscription.instances.keys()) {
    if (present.has(name)) continue;
    subscription.instances.delete(name);
    subscription.states.delete(name);
  }
  for (const [name, value] of present) {
    const known = subscription.instances.get(name);
    const resourceGroup = value.resourceGroup ?? '';
    if (known?.resourceGroup !== resourceGroup) {
      addInstance(subscription, { subscriptionId: subscription.id, resourceGroup, name }, undefined);
    }
    const state = subscription.states.get(name);
    if (state === undefined) continue;
    const instance = withResult(state.instance, { value, failure: null, oddities: [] }, times);
    subscription.states.set(name, { ...state, instance });
  }
  return { before, after };
}

/** What the list told of each instance is not known any more; which instances there are stays. */
function failInstances(subscription: Subscription, failure: AzureFailure, nextSeconds: number): void {
  for (const [name, state] of subscription.states) {
    subscription.states.set(name, { ...state, instance: withoutAsking(state.instance, failure, nextSeconds) });
  }
}

function putResource({ subscription, resource }: Place, { name }: Instance, { parsed, failure, times }: Put): Change {
  const { key, kind } = resourceKinds[resource];
  const state = subscription.states.get(name);
  if (state === undefined) return { before: notYetRead, after: notYetRead };
  const before: AzureReading<unknown> = state[key];
  const { values = [], oddities = [] } = parsed ?? {};
  const value = kind === 'list' ? values : (values[0] ?? null);
  const result: Result<unknown> = failure === null ? { value, failure, oddities } : { value: null, failure };
  const after = withResult(before, result, times);
  const isList = key === 'links' && failure === null;
  const history = isList ? nextHistory(state.history, values as readonly AzureLink[], times.nowSeconds) : state.history;
  subscription.states.set(name, { ...state, [key]: after, history });
  return { before, after };
}
