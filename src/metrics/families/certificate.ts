import {
  type CertificateUsage,
  certificateUsage,
  type LinkCertificate,
  ownCertificates,
} from '../../link/certificate-usage.ts';
import { type Family, family } from '../family.ts';
import { answeredServers, known, oncePerState } from './made-of.ts';

const view = 'sys.certificates';
const usages =
  'usage: endpoint is the one that the server shows to its partner (of a managed instance whose catalog does not show it, from sp_get_endpoint_certificate), partner is the managed instance as imported, authority is an imported root.';

interface UsedCertificate {
  readonly labels: { readonly server: string; readonly certificate: string; readonly usage: CertificateUsage };
  readonly row: LinkCertificate;
}

/** Certificates that the link does not use (of TDE, for one) are no concern of this exporter. */
const usedCertificates = oncePerState((state): readonly UsedCertificate[] =>
  answeredServers(state).flatMap(({ server, snapshot }) => {
    const usageOf = certificateUsage(snapshot);
    const used = (snapshot.views.certificates ?? []).flatMap((row) => {
      const usage = usageOf.get(row.certificateId);
      return usage === undefined ? [] : [{ labels: { server, certificate: row.name, usage }, row }];
    });
    const isEndpointSeen = used.some(({ labels }) => labels.usage === 'endpoint');
    if (isEndpointSeen) return used;
    const own = ownCertificates(snapshot).map((row) => ({
      labels: { server, certificate: row.name, usage: 'endpoint' as const },
      row,
    }));
    return [...used, ...own];
  }),
);

export const certificateExpiryTimestampSeconds = family({
  name: 'milink_certificate_expiry_timestamp_seconds',
  help: `When the certificate expires: expiry_date in ${view}, taken as UTC. ${usages} Unix time.`,
  type: 'gauge',
  labels: ['server', 'certificate', 'usage'],
  source: `${view}.expiry_date`,
  samples: (state) => usedCertificates(state).flatMap(({ labels, row }) => known(labels, row.expiryTimestampSeconds)),
});

export const certificateStartTimestampSeconds = family({
  name: 'milink_certificate_start_timestamp_seconds',
  help: `From when on the certificate is valid: start_date in ${view}, taken as UTC. ${usages} Unix time.`,
  type: 'gauge',
  labels: ['server', 'certificate', 'usage'],
  source: `${view}.start_date`,
  samples: (state) => usedCertificates(state).flatMap(({ labels, row }) => known(labels, row.startTimestampSeconds)),
});

export const certificateInfo = family({
  name: 'milink_certificate_info',
  help: `The certificate: issuer_name and thumbprint (SHA-1) in ${view}, empty where NULL. ${usages}`,
  type: 'info',
  labels: ['server', 'certificate', 'usage', 'issuer', 'thumbprint'],
  source: view,
  samples: (state) =>
    usedCertificates(state).map(({ labels, row }) => ({
      labels: { ...labels, issuer: row.issuer ?? '', thumbprint: row.thumbprint ?? '' },
      value: 1,
    })),
});

/** The certificates in master that the link uses. */
export const certificateFamilies: readonly Family[] = [
  certificateExpiryTimestampSeconds,
  certificateStartTimestampSeconds,
  certificateInfo,
];
