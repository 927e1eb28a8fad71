import type { Certificate } from '../model/endpoint.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { hostOfEndpoint, managedInstanceOfEndpoint } from './identity.ts';

/**
 * - `endpoint`: the server shows it to its partner
 * - `partner`: the managed instance's public key, imported into SQL Server
 * - `authority`: an imported root that vouches for the managed instance's certificate
 *
 * What else is imported (for module signing, mirroring, Service Broker, another server) has no part in a link.
 */
export type CertificateUsage = 'endpoint' | 'partner' | 'authority';

/** dbo, to whom a certificate belongs that is bound to nobody else. */
const databaseOwner = 1;

/**
 * Common names of the roots that Azure's certificates end in. The catalog shows neither for which names
 * sp_certificate_add_issuer lets a root vouch nor the authorities between root and instance, so these are told by name.
 * Source: Azure's list of certificate authorities; Microsoft's page on preparing a link names the second and the sixth.
 */
const azureRoots: ReadonlySet<string> = new Set([
  'digicert global root ca',
  'digicert global root g2',
  'digicert global root g3',
  'digicert tls ecc p384 root g5',
  'digicert tls rsa 4096 root g5',
  'microsoft rsa root certificate authority 2017',
  'microsoft ecc root certificate authority 2017',
]);

/**
 * What each certificate in master is for, by certificate_id; one without a part in a link (TDE, module signing) is not in
 * the map. Told by what a certificate is bound to: sys.database_mirroring_endpoints.certificate_id; for the imported ones by
 * the name that the link demands (the managed instance's DNS name), and by who issued that one. On a managed instance only
 * the endpoint's certificate is claimed: what else its catalog shows is not documented.
 */
export function certificateUsage(snapshot: Snapshot): ReadonlyMap<number, CertificateUsage> {
  const { certificates, database_mirroring_endpoints: endpoints } = snapshot.views;
  const bound = new Set((endpoints ?? []).map((endpoint) => endpoint.certificateId));
  const partners = partnerNames(snapshot);
  const rows = certificates ?? [];
  const isSqlServer = snapshot.server.engine === 'sql_server';
  const imported = isSqlServer ? rows.filter(({ privateKeyEncryption }) => privateKeyEncryption === 'NA') : [];
  const ofPartners = imported.filter(({ name }) => partners.has(name.toLowerCase()));
  const issuers = issuersOf(ofPartners, imported);
  const usages = new Map<number, CertificateUsage>();
  for (const certificate of imported) {
    if (isAuthority(certificate, issuers)) usages.set(certificate.certificateId, 'authority');
  }
  for (const certificate of ofPartners) usages.set(certificate.certificateId, 'partner');
  for (const { certificateId } of rows) {
    // 0 is an endpoint with Windows authentication, not a certificate.
    if (certificateId !== 0 && bound.has(certificateId)) usages.set(certificateId, 'endpoint');
  }
  return usages;
}

/** The names of all that stand above these certificates in what is imported; a chain that turns in a circle ends. */
function issuersOf(certificates: readonly Certificate[], imported: readonly Certificate[]): ReadonlySet<string> {
  const bySubject = Map.groupBy(imported, ({ subject }) => subject ?? '');
  const issuers = new Set<string>();
  const waiting = certificates.flatMap(({ issuer, subject }) =>
    issuer === null || issuer === subject ? [] : [issuer],
  );
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (issuers.has(name)) continue;
    issuers.add(name);
    waiting.push(...(bySubject.get(name) ?? []).flatMap(({ issuer }) => issuer ?? []));
  }
  return issuers;
}

/** A root of its own user authenticates another server. */
function isAuthority({ issuer, subject, principalId }: Certificate, issuers: ReadonlySet<string>): boolean {
  if (subject === null || (principalId !== null && principalId !== databaseOwner)) return false;
  return issuers.has(subject) || (issuer === subject && azureRoots.has((commonName(subject) ?? '').toLowerCase()));
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

/** What is judged of a certificate; the catalog's number and owner of it play no part. */
export type LinkCertificate = Omit<Certificate, 'certificateId' | 'principalId'>;

/**
 * The endpoint's certificate as sp_get_endpoint_certificate gives it, for a managed instance whose catalog does not show
 * it. It has no name there but that of its subject.
 */
export function ownCertificates({ views }: Snapshot): readonly LinkCertificate[] {
  return (views.endpoint_certificate ?? []).map((certificate) => ({
    ...certificate,
    name: commonName(certificate.subject) ?? certificate.subject,
    privateKeyEncryption: null,
  }));
}

/** `CN` of an X.500 name; null without one. */
function commonName(subject: string): string | null {
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? null;
}
