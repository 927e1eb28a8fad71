import { type AzureReading, type AzureSubscriptionState, azureFailureReasons } from '../../../model/azure/state.ts';
import { type Family, family, type State } from '../../family.ts';
import { known } from '../made-of.ts';

const about =
  'resource: instances is the list of the instances of a subscription, which has no managed_instance; the others are read of each instance.';

interface Read {
  readonly labels: { readonly subscription: string; readonly managed_instance: string; readonly resource: string };
  readonly reading: AzureReading<unknown>;
}

/** Everything that is read of Azure; what the list of instances tells of each is no reading of its own. */
function readings(state: State): readonly Read[] {
  return (state.azure?.subscriptions ?? []).flatMap((subscription) => [
    ...(subscription.listing === null
      ? []
      : [{ labels: labelsOf(subscription, '', 'instances'), reading: subscription.listing }]),
    ...subscription.instances.flatMap((each) => {
      const of = (resource: string, reading: AzureReading<unknown>): Read => {
        return { labels: labelsOf(subscription, each.name, resource), reading };
      };
      return [
        ...(subscription.listing === null ? [of('instance', each.instance)] : []),
        of('links', each.links),
        of('operations', each.operations),
        of('endpoint_certificates', each.endpointCertificates),
        of('server_trust_certificates', each.serverTrustCertificates),
      ];
    }),
  ]);
}

function labelsOf({ name }: AzureSubscriptionState, instance: string, resource: string): Read['labels'] {
  return { subscription: name, managed_instance: instance, resource };
}

const readLabels = ['subscription', 'managed_instance', 'resource'] as const;

export const azureUp = family({
  name: 'milink_azure_up',
  help: `Whether the resource could be read of Azure when it was last due: 1 or 0. Absent until it was read first. While it is 0 nothing is shown of it. ${about}`,
  type: 'gauge',
  labels: readLabels,
  source: 'exporter',
  samples: (state) =>
    readings(state).flatMap(({ labels, reading: { value, failure } }) =>
      value === null && failure === null ? [] : [{ labels, value: failure === null ? 1 : 0 }],
    ),
});

export const azureReadFailed = family({
  name: 'milink_azure_read_failed',
  help: `Why the resource could not be read of Azure when it was last due: one series with value 1, absent while it is read. ${about}`,
  type: 'gauge',
  labels: [...readLabels, 'reason'],
  source: 'exporter',
  samples: (state) =>
    readings(state).flatMap(({ labels, reading: { failure } }) =>
      failure === null ? [] : [{ labels: { ...labels, reason: failure.reason }, value: 1 }],
    ),
});

export const azureLastSuccessTimestampSeconds = family({
  name: 'milink_azure_last_success_timestamp_seconds',
  help: `When the resource was last read of Azure: how old what is shown of it is. Absent until it was read. Unix time. ${about}`,
  type: 'gauge',
  labels: readLabels,
  source: 'exporter',
  samples: (state) =>
    readings(state).flatMap(({ labels, reading }) => known(labels, reading.lastSuccessTimestampSeconds)),
});

export const azureReadDurationSeconds = family({
  name: 'milink_azure_read_duration_seconds',
  help: `How long the latest reading of the resource took, failed or not, all pages. ${about}`,
  type: 'gauge',
  labels: readLabels,
  source: 'exporter',
  samples: (state) => readings(state).flatMap(({ labels, reading }) => known(labels, reading.lastPollDurationSeconds)),
});

export const azureReadsTotal = family({
  name: 'milink_azure_reads_total',
  help: 'Readings of Azure that have ended, by outcome, since the exporter started: ok, or the reason of the failure.',
  type: 'counter',
  labels: ['subscription', 'resource', 'outcome'],
  source: 'exporter',
  samples: (state) => {
    const groups = Map.groupBy(readings(state), ({ labels }) => JSON.stringify([labels.subscription, labels.resource]));
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { subscription, resource } = first.labels;
      return (['ok', ...azureFailureReasons] as const).map((outcome) => ({
        labels: { subscription, resource, outcome },
        value: group.reduce((sum, { reading }) => sum + (reading.polls[outcome] ?? 0), 0),
      }));
    });
  },
});

const subscriptions = (state: State): readonly AzureSubscriptionState[] => state.azure?.subscriptions ?? [];

export const azureRemainingReads = family({
  name: 'milink_azure_remaining_reads',
  help: 'Reads that Azure allows this identity for the subscription at the moment, as its latest answer says: 250 at most, and 25 more each second. Absent where no answer says so.',
  type: 'gauge',
  labels: ['subscription'],
  source: 'x-ms-ratelimit-remaining-subscription-reads',
  samples: (state) =>
    subscriptions(state).flatMap(({ name, remainingReads }) => known({ subscription: name }, remainingReads)),
});

export const azureRemainingGlobalReads = family({
  name: 'milink_azure_remaining_global_reads',
  help: 'Reads that Azure allows all identities together for the subscription at the moment, as its latest answer says. Absent where no answer says so.',
  type: 'gauge',
  labels: ['subscription'],
  source: 'x-ms-ratelimit-remaining-subscription-global-reads',
  samples: (state) =>
    subscriptions(state).flatMap(({ name, remainingGlobalReads }) =>
      known({ subscription: name }, remainingGlobalReads),
    ),
});

export const azureThrottledSecondsTotal = family({
  name: 'milink_azure_throttled_seconds_total',
  help: 'For how long Azure wanted to be left alone for the subscription (429), since the exporter started. A pause counts in full when it begins.',
  type: 'counter',
  labels: ['subscription'],
  source: 'exporter',
  samples: (state) =>
    subscriptions(state).map(({ name, throttledSeconds }) => ({
      labels: { subscription: name },
      value: throttledSeconds,
    })),
});

export const azurePausedUntilTimestampSeconds = family({
  name: 'milink_azure_paused_until_timestamp_seconds',
  help: 'Until when nothing is asked of Azure for the subscription, as it wants fewer requests (429). Absent while there is no such pause. Unix time.',
  type: 'gauge',
  labels: ['subscription'],
  source: 'exporter',
  samples: (state) =>
    subscriptions(state).flatMap(({ name, pausedUntilTimestampSeconds: until }) =>
      known({ subscription: name }, until),
    ),
});

/** How the readings of Azure go: the only families of it that outlive a failed reading. */
export const azureReadingFamilies: readonly Family[] = [
  azureUp,
  azureReadFailed,
  azureLastSuccessTimestampSeconds,
  azureReadDurationSeconds,
  azureReadsTotal,
  azureRemainingReads,
  azureRemainingGlobalReads,
  azureThrottledSecondsTotal,
  azurePausedUntilTimestampSeconds,
];
