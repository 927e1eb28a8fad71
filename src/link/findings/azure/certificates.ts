import type { Certificate } from '../../../model/endpoint.ts';
import { certificateUsage } from '../../certificate-usage.ts';
import type { LinkEnd } from '../../data/end.ts';
import type { Finding } from '../../data/finding.ts';
import type { Evidence } from '../evidence.ts';
import { finding } from '../finding.ts';

const warningSeconds = 30 * 86_400;

/** SQL Server's certificate as the instance holds it, and the instance's as SQL Server holds it, where the servers don't tell. */
export function certificatesDiffer(evidence: Evidence): readonly Finding[] {
  const { pairing, azure, certificateMatches } = evidence;
  const ends = pairing.ends.filter(({ engine }) => engine === 'sql_server');
  if (azure === null) return [];
  const known = new Set(certificateMatches.map(({ owner }) => owner));
  return ends.flatMap((end) => [
    ...(known.has('sql_server') ? [] : ownDiffers(end, evidence)),
    ...(known.has('managed_instance') ? [] : importedDiffers(end, evidence)),
  ]);
}

/** The instance trusts a list of certificates, of every SQL Server that has a link to it. */
function ownDiffers(end: LinkEnd, evidence: Evidence): readonly Finding[] {
  const own = thumbprints(end, evidence, 'endpoint');
  const trusted = evidence.azure?.trustedCertificates ?? null;
  if (own.length === 0 || trusted === null) return [];
  if (trusted.some(({ thumbprint }) => thumbprint === null || own.includes(thumbprint))) return [];
  const text = `the certificate that ${end.server} uses is none of those that ${evidence.pairing.managedInstance} holds of its partners, as Azure lists them: the next connection fails. Upload it.`;
  return [finding('azure_certificate_differs', { server: end.server, text })];
}

/** SQL Server trusts the instance by name and authority, or by the certificate that it imported. */
function importedDiffers(end: LinkEnd, evidence: Evidence): readonly Finding[] {
  const imported = thumbprints(end, evidence, 'partner');
  const own = evidence.azure?.ownCertificates ?? [];
  const shown = own.flatMap(({ thumbprint }) => thumbprint ?? []);
  if (imported.length === 0 || shown.length === 0 || shown.some((each) => imported.includes(each))) return [];
  const text = `the certificate of ${evidence.pairing.managedInstance} that ${end.server} has imported is not the one that Azure lists: Azure renewed it. Connections go on where its authorities are imported too; import the new one.`;
  return [finding('azure_certificate_differs', { server: end.server, text })];
}

function thumbprints(end: LinkEnd, { servers }: Evidence, usage: 'endpoint' | 'partner'): readonly string[] {
  const outcome = servers.get(end.server)?.outcome;
  if (outcome?.kind !== 'ok') return [];
  const usages = certificateUsage(outcome.snapshot);
  const rows: readonly Certificate[] = outcome.snapshot.views.certificates ?? [];
  return rows.filter((row) => usages.get(row.certificateId) === usage).flatMap(({ thumbprint }) => thumbprint ?? []);
}

/** The end of SQL Server's certificate as Azure tells it of a database, where SQL Server itself was not asked. */
export function certificateEnds({ azure, pairing, answers }: Evidence): readonly Finding[] {
  if (azure === null || azure.readTimestampSeconds === null) return [];
  if (
    pairing.ends.some(
      ({ engine, server }) => engine === 'sql_server' && (answers.get(server)?.certificates.length ?? 0) > 0,
    )
  ) {
    return [];
  }
  const now = azure.readTimestampSeconds;
  const told = azure.databases.flatMap(({ partnerCertificate }) => partnerCertificate ?? []);
  const each = new Map(told.map((one) => [`${one.name} ${one.expiryTimestampSeconds}`, one]));
  return [...each.values()].flatMap(({ name, expiryTimestampSeconds: end }) => {
    const certificate = name ?? '';
    const which = `the certificate of SQL Server ${certificate} on ${pairing.managedInstance}, as Azure tells it,`;
    if (end <= now) {
      const text = `${which} has expired: at the next reconnect the ends refuse each other.`;
      return [finding('azure_certificate_expired', { certificate, text, since: end })];
    }
    if (end - now > warningSeconds) return [];
    const text = `${which} ends in ${Math.floor((end - now) / 86_400)} days: after that the ends refuse each other's connections.`;
    return [finding('azure_certificate_expiring', { certificate, text })];
  });
}
