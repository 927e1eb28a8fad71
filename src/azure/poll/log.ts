import type { AzureFailure, AzureReading, AzureResource } from '../../model/azure/state.ts';
import type { Instance, Subscription } from './store.ts';

type Fields = Readonly<Record<string, string | number | null>>;

/** Where the poller reports what changed. */
export interface AzureLog {
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
}

interface Place {
  readonly subscription: Subscription;
  readonly instance: Instance | null;
  readonly resource: AzureResource;
}

/** One line for each change of what can be read; nothing while things stay as they are. */
export function logReading(
  log: AzureLog,
  { subscription, instance, resource }: Place,
  before: AzureReading<unknown>,
  after: AzureReading<unknown>,
): void {
  const what = instance === null ? 'instances' : resource;
  const of = instance === null ? {} : { managed_instance: instance.name };
  const fields = { subscription: subscription.name, ...of, resource: what };
  if (keyOf(before.failure) !== keyOf(after.failure)) {
    if (after.failure === null) log.info('Azure can be read again', fields);
    else log.warn('Azure cannot be read', { ...fields, ...failureFields(after.failure) });
  }
  const told = new Set(before.oddities);
  for (const oddity of after.oddities) {
    if (!told.has(oddity)) log.warn('something of Azure was not taken', { ...fields, oddity });
  }
}

function keyOf(failure: AzureFailure | null): string | null {
  return failure === null ? null : `${failure.reason} ${failure.code}`;
}

function failureFields({ reason, status, code, action, requestId, message }: AzureFailure): Fields {
  const known = { status, code, action, request_id: requestId };
  return { reason, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)), error: message };
}
