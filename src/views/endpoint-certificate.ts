import { X509Certificate } from 'node:crypto';
import type { EndpointCertificate } from '../model/endpoint.ts';
import { ColumnError } from './column.ts';
import { boundedText } from './entry.ts';
import { parsedIn, type View } from './view.ts';

/** The endpoint of database mirroring, which availability groups use; 3 would be Service Broker's. */
const databaseMirroring = 4;

/**
 * The managed instance's endpoint certificate, DER: its catalog need not show it. A procedure, as there is no view with
 * it; which permission it needs is not documented. SQL Server shows its own in sys.certificates.
 */
export const endpointCertificate: View<'endpoint_certificate'> = {
  name: 'endpoint_certificate',
  source: 'sys.sp_get_endpoint_certificate',
  engine: 'managed_instance',
  sql: () => `EXEC sys.sp_get_endpoint_certificate @endpoint_type = ${databaseMirroring}`,
  asked: () => [],
  probe: null,
  converts: false,
  ...parsedIn<'endpoint_certificate'>(function* steps(records) {
    const rows: EndpointCertificate[] = [];
    for (const { EndpointCertificatePublicKey: encoded } of records) {
      if (encoded === null || (encoded instanceof Uint8Array && encoded.length === 0)) continue;
      if (!(encoded instanceof Uint8Array)) {
        throw new ColumnError('endpoint_certificate.EndpointCertificatePublicKey is missing, or no binary value');
      }
      rows.push(certificateOf(encoded));
      yield;
    }
    return rows;
  }),
  lengths: {},
};

function certificateOf(encoded: Uint8Array): EndpointCertificate {
  const { subject, issuer, validFromDate, validToDate, fingerprint } = parsed(encoded);
  return {
    subject: nameText(subject),
    issuer: nameText(issuer),
    startTimestampSeconds: instant(validFromDate),
    expiryTimestampSeconds: instant(validToDate),
    thumbprint: fingerprint.replaceAll(':', ''),
  };
}

function parsed(encoded: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(encoded);
  } catch {
    // OpenSSL is stricter than SQL Server: it may be one all the same.
    throw new ColumnError(
      "endpoint_certificate.EndpointCertificatePublicKey can't be read here as an X.509 certificate",
    );
  }
}

/** As long as sys.certificates lets a subject be. */
const longestName = 4000;

/** Node puts each part of a name on a line of its own; a certificate without a name has none. */
function nameText(name: string | undefined): string {
  return boundedText((name ?? '').split('\n').join(', '), longestName, () => undefined);
}

/** Throws ColumnError for a date that no calendar holds: OpenSSL reads more of them than Node does. */
function instant(date: Date): number {
  const seconds = date.getTime() / 1000;
  if (Number.isFinite(seconds)) return seconds;
  throw new ColumnError('endpoint_certificate.EndpointCertificatePublicKey has a date that no calendar holds');
}
