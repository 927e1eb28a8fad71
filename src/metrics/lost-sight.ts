import type { AzureReading, AzureState } from '../model/azure/state.ts';
import type { ServerState } from '../model/server-state.ts';
import type { State } from './family.ts';

/**
 * Whether something was read in the state before that the state after it could not read: a poll, a view or an answer of Azure
 * that failed, a server that is no more. What was read then must not be shown any more.
 */
export function losesSight(before: State, after: State): boolean {
  return losesServer(before.servers, after.servers) || losesReading(before.azure, after.azure);
}

function losesServer(before: readonly ServerState[], after: readonly ServerState[]): boolean {
  // Nearly always the same servers in the same order, of which one was polled.
  const byName = before.some(({ name }, index) => after[index]?.name !== name)
    ? new Map(after.map((server) => [server.name, server]))
    : null;
  return before.some((server, index) => {
    const now = byName === null ? after[index] : byName.get(server.name);
    return now !== server && isLost(server, now);
  });
}

function isLost(before: ServerState, after: ServerState | undefined): boolean {
  if (before.outcome.kind !== 'ok') return false;
  if (after?.outcome.kind !== 'ok') return true;
  return before.views.entries().some(([view, { failure }]) => {
    return failure === null && after.views.get(view)?.failure != null;
  });
}

function losesReading(before: AzureState | undefined, after: AzureState | undefined): boolean {
  if (before === undefined || before === after) return false;
  const now = valuesOf(after);
  return valuesOf(before)
    .entries()
    .some(([place, value]) => value !== null && (now.get(place) ?? null) === null);
}

function valuesOf(azure: AzureState | undefined): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { id, listing, instances } of azure?.subscriptions ?? []) {
    values.set(id, listing?.value ?? null);
    for (const { resourceGroup, name, ...rest } of instances) {
      const { instance, links, operations, endpointCertificates, serverTrustCertificates } = rest;
      const readings: readonly AzureReading<unknown>[] = [
        instance,
        links,
        operations,
        endpointCertificates,
        serverTrustCertificates,
      ];
      for (const [index, { value }] of readings.entries()) {
        values.set(JSON.stringify([id, resourceGroup, name, index]), value);
      }
    }
  }
  return values;
}
