import type { Row } from '../../instance.ts';
import { type EncodedFacts, encodedCertificate } from '../certificate-encoding.ts';
import { datetimeText } from '../datetime.ts';
import type { CertificateState } from '../state.ts';
import type { EndView } from '../view.ts';

/** The certificate of an end's mirroring endpoint, DER; null when it has none. */
export function endpointCertificateOf(view: EndView): Uint8Array | null {
  const own = view.world.certificates[view.end].find(({ isEndpointCertificate }) => isEndpointCertificate);
  return own === undefined ? null : encodedCertificate(factsOf(own)).der;
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
  return view.world.certificates[view.end].filter(({ isHidden }) => !isHidden).map(certificateRow);
}

function certificateRow(certificate: CertificateState): Row {
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
