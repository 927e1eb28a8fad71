import type { Certificate } from '../model/certificate.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { hostOfEndpoint, managedInstanceOfEndpoint } from './identity.ts';

/**
 * - `endpoint`: the server shows it to its partner
 * - `partner`: the managed instance's public key, imported into SQL Server
 * - `authority`: an imported root that vouches for the managed instance's certificate
 *
 * An imported certificate of a user of its own authenticates another server, for mirroring or Service Broker: no part.
 */
export type CertificateUsage = 'endpoint' | 'partner' | 'authority';

/** dbo, to whom a certificate belongs that is bound to nobody else. */
const databaseOwner = 1;

/**
 * What each certificate in master is for, by certificate_id; one without a part in a link (TDE, Service Broker) is not
 * in the map. Told by what a certificate is bound to: sys.database_mirroring_endpoints.certificate_id, and for the
 * imported ones by the name that the link demands (the managed instance's DNS name). On a managed instance only the
 * endpoint's certificate is claimed: what else its catalog shows is not documented.
 */
export function certificateUsage(snapshot: Snapshot): ReadonlyMap<number, CertificateUsage> {
  const { certificates, database_mirroring_endpoints: endpoints } = snapshot.views;
  const bound = new Set((endpoints ?? []).map((endpoint) => endpoint.certificateId));
  const partners = partnerNames(snapshot);
  const usages = new Map<number, CertificateUsage>();
  for (const certificate of certificates ?? []) {
    // 0 is an endpoint with Windows authentication, not a certificate.
    const isBound = certificate.certificateId !== 0 && bound.has(certificate.certificateId);
    const usage = isBound ? 'endpoint' : importedUsage(certificate, partners, snapshot.server.engine === 'sql_server');
    if (usage !== null) usages.set(certificate.certificateId, usage);
  }
  return usages;
}

function importedUsage(
  certificate: Certificate,
  partners: ReadonlySet<string>,
  isSqlServer: boolean,
): CertificateUsage | null {
  if (!isSqlServer || certificate.privateKeyEncryption !== 'NA') return null;
  if (partners.has(certificate.name.toLowerCase())) return 'partner';
  if (certificate.principalId !== null && certificate.principalId !== databaseOwner) return null;
  return certificate.issuer !== null && certificate.issuer === certificate.subject ? 'authority' : null;
}

/** DNS names of the managed instances that this server's distributed groups reach. */
function partnerNames(snapshot: Snapshot): ReadonlySet<string> {
  const { availability_groups: groups, availability_replicas: replicas } = snapshot.views;
  const distributed = new Set(
    (groups ?? []).filter((group) => group.isDistributed === true).map((group) => group.groupId),
  );
  const hosts = (replicas ?? [])
    .filter((row) => distributed.has(row.groupId) && managedInstanceOfEndpoint(row.endpointUrl) !== null)
    .map((row) => hostOfEndpoint(row.endpointUrl));
  return new Set(hosts.filter((host) => host !== null));
}
