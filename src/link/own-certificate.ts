import type { Certificate } from '../model/endpoint.ts';
import type { Snapshot } from '../model/snapshot.ts';

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
export function commonName(subject: string): string | null {
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? null;
}
