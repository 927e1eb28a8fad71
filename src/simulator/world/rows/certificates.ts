import type { Row } from '../../row.ts';
import { type EncodedFacts, encodedCertificate } from '../certificate-encoding.ts';
import { datetimeText } from '../datetime.ts';
import type { CertificateState } from '../state.ts';
import type { EndView } from '../view.ts';

/** The certificate of an end's mirroring endpoint, DER; null when it has none. */
export function endpointCertificateOf(view: EndView): Uint8Array | null {
  const own = view.world.certificates[view.end].find(({ isEndpointCertificate }) => isEndpointCertificate);
  return own === undefined ? null : derOf(own);
}

/** Whoever has the certificate shows the same thumbprint of it: nothing of where it is kept goes into it. */
function factsOf({
  subject,
  issuer,
  serialNumber,
  startMilliseconds,
  expiryMilliseconds,
}: CertificateState): EncodedFacts {
  return { subject, issuer, serialNumber, startMilliseconds, expiryMilliseconds };
}

/** sys.certificates of master. Its dates are written in UTC: the page does not say which clock they follow. */
export function certificateRows(view: EndView): readonly Row[] {
  return certificatesOf(view).map(certificateRow);
}

/** What CERTENCODED gives of a certificate. */
export function derOf(certificate: CertificateState): Uint8Array {
  return encodedCertificate(factsOf(certificate)).der;
}

/** Those that `master` has. */
export function certificatesOf(view: EndView): readonly CertificateState[] {
  const { hasEndpoint, hasImportedCertificates } = view.world.preparation[view.end];
  return view.world.certificates[view.end]
    .filter(({ isHidden }) => !isHidden)
    .filter(({ privateKey }) => (privateKey === 'NO_PRIVATE_KEY' ? hasImportedCertificates : true))
    .filter(({ isEndpointCertificate }) => hasEndpoint || !isEndpointCertificate)
    .concat(leftOverCertificates(view));
}

const firstLeftOverId = 300;
const tests = { startMilliseconds: Date.UTC(2024, 2, 14), expiryMilliseconds: Date.UTC(2051, 2, 30) } as const;

/** Those of a network test that nobody removed: they last until 2051, as the published script makes them. */
function leftOverCertificates({ world, end }: EndView): readonly CertificateState[] {
  return world.preparation[end].leftOverCertificates.map((name, index) => ({
    ...tests,
    name,
    certificateId: firstLeftOverId + index,
    privateKey: 'ENCRYPTED_BY_MASTER_KEY',
    issuer: 'Certificate for SQL Server',
    subject: 'Certificate for SQL Server',
    serialNumber: '00'.repeat(15) + String(10 + index),
    isEndpointCertificate: false,
    isHidden: false,
  }));
}

/** A row of sys.certificates. */
export function certificateRow(certificate: CertificateState): Row {
  const { thumbprint } = encodedCertificate(factsOf(certificate));
  return {
    name: certificate.name,
    certificate_id: certificate.certificateId,
    principal_id: 1,
    pvt_key_encryption_type: certificate.privateKey === 'NO_PRIVATE_KEY' ? 'NA' : 'MK',
    pvt_key_encryption_type_desc: certificate.privateKey,
    is_active_for_begin_dialog: certificate.privateKey !== 'NO_PRIVATE_KEY',
    issuer_name: certificate.issuer,
    cert_serial_number: certificate.serialNumber.match(/../g)?.join(' ') ?? '',
    sid: new Uint8Array([1, 6, 0, 0, 0, 0, 0, 9, 1, 0, 0, 0, ...thumbprint]),
    string_sid: `S-1-9-1-${certificate.certificateId}`,
    subject: certificate.subject,
    expiry_date: datetimeText(certificate.expiryMilliseconds, 0),
    start_date: datetimeText(certificate.startMilliseconds, 0),
    thumbprint,
  };
}
