import type { AssessedLink } from '../../link/data/link.ts';
import type { AzureReading, AzureState } from '../../model/azure/state.ts';
import type { UnreadInAzure } from './report.ts';

/** What of Azure could not be read when it was last due. */
export function unreadInAzure(azure: AzureState | null): readonly UnreadInAzure[] {
  return (azure?.subscriptions ?? []).flatMap(({ name: subscription, listing, instances }) => {
    const of = (
      managedInstance: string | null,
      resource: string,
      reading: AzureReading<unknown> | null,
    ): readonly UnreadInAzure[] => {
      const failure = reading?.failure ?? null;
      return failure === null ? [] : [{ subscription, managedInstance, resource, failure }];
    };
    return [
      ...of(null, 'instances', listing),
      ...instances.flatMap((each) => [
        // What the list tells of each instance fails with it.
        ...of(each.name, 'instance', listing === null ? each.instance : null),
        ...of(each.name, 'links', each.links),
        ...of(each.name, 'operations', each.operations),
        ...of(each.name, 'endpoint_certificates', each.endpointCertificates),
        ...of(each.name, 'server_trust_certificates', each.serverTrustCertificates),
      ]),
    ];
  });
}

/** Whether links are unseen of which no other witness tells: those of an instance that shows none here. */
export function azureMayHideLinks(unread: readonly UnreadInAzure[], links: readonly AssessedLink[]): boolean {
  const shown = new Set(links.map(({ managedInstance }) => managedInstance));
  return unread.some(
    ({ resource, managedInstance }) =>
      (resource === 'instances' || resource === 'links') && (managedInstance === null || !shown.has(managedInstance)),
  );
}
