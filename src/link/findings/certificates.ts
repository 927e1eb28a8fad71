import type { Certificate } from '../../model/endpoint.ts';
import type { Engine } from '../../model/server.ts';
import { certificateUsage } from '../certificate-usage.ts';
import { certificatesOfLink, type LinkCertificateState } from '../certificates-of-link.ts';
import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import { describeEnd } from '../words.ts';
import type { Evidence } from './evidence.ts';
import type { FindingCode } from './kinds.ts';

const usageTexts = {
  endpoint: "the endpoint's own certificate",
  partner: "the managed instance's certificate as imported",
  authority: 'an imported authority',
} as const;

/**
 * Certificates that people have to renew: SQL Server's own and the roots imported into it. Azure renews the managed
 * instance's own, and what is imported of it is information. Source: Microsoft's best practices for the link.
 */
export function validity({ pairing, answers }: Evidence): readonly Finding[] {
  return certificatesOfLink(pairing, answers).flatMap((each) => {
    const code = codeOf(each);
    if (code === null) return [];
    const { server, usage, row, status } = each;
    const which = `certificate ${row.name} on ${server}, ${usageTexts[usage]},`;
    const text = `${which} ${validityText(each)}`;
    const since = status === 'expired' ? row.expiryTimestampSeconds : null;
    return [finding(code, { server, certificate: row.name, text, since })];
  });
}

function codeOf({ usage, status, isRenewedByPeople }: LinkCertificateState): FindingCode | null {
  if (!isRenewedByPeople && status !== 'not_valid_yet') return null;
  switch (status) {
    case 'expired':
      // Of several roots the one behind the partner's certificate need not be this one.
      return usage === 'authority' ? 'authority_expired' : 'certificate_expired';
    case 'expires_now':
      return usage === 'authority' ? 'certificate_expiring' : 'certificate_expires_now';
    case 'expiring':
      return 'certificate_expiring';
    case 'not_valid_yet':
      return 'certificate_not_valid_yet';
    case 'valid':
    case 'unknown':
      return null;
  }
}

/** In whole days, or hours when less is left: a text that changes each second would be new each second. */
function validityText({ status, secondsLeft, secondsToStart, localOffsetSeconds }: LinkCertificateState): string {
  if (status === 'expired') {
    return `expired ${ageText(-(secondsLeft ?? 0))} ago: at the next reconnect the ends refuse each other.`;
  }
  if (status === 'not_valid_yet') {
    const left = secondsToStart ?? 0;
    // CREATE CERTIFICATE takes START_DATE as UTC: who gives it local time is off by exactly the zone (rusanu.com 2008-08-25).
    const isZone = localOffsetSeconds > 0 && left <= localOffsetSeconds && localOffsetSeconds - left < 86_400;
    const zone = isZone
      ? ` Local time on the server is ${ageText(localOffsetSeconds)} ahead of UTC, in which START_DATE counts.`
      : '';
    return `is not valid yet: it is valid in ${ageText(left)}.${zone}`;
  }
  return `ends in ${ageText(secondsLeft ?? 0)}: after that the ends refuse each other's connections.`;
}

function ageText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** For each copy that differs: the end that holds an old one can't authenticate the other at the next connection. */
export function differing({ certificateMatches, pairing }: Evidence): readonly Finding[] {
  const texts = {
    managed_instance:
      'the certificate of the managed instance that the SQL Server has imported is not the one that the managed instance uses: the next connection fails. Import the new one.',
    sql_server:
      'the certificate of the SQL Server that the managed instance holds is not the one that the SQL Server uses: the next connection fails. Upload the new one.',
  } as const satisfies Record<Engine, string>;
  return certificateMatches
    .filter(({ isSame }) => !isSame)
    .map(({ owner }) => {
      const holder = pairing.ends.find(({ engine }) => engine !== owner);
      return finding('certificate_differs', { server: holder?.server ?? null, text: texts[owner] });
    });
}

/** The endpoint of a SQL Server names a certificate that sys.certificates does not show: its end is watched by nobody. */
export function notSeen({ pairing, servers }: Evidence): readonly Finding[] {
  return pairing.ends.flatMap((end) => {
    const outcome = servers.get(end.server)?.outcome;
    if (end.engine !== 'sql_server' || outcome?.kind !== 'ok') return [];
    const { certificates, database_mirroring_endpoints: endpoints } = outcome.snapshot.views;
    if (certificates === null || endpoints === null) return [];
    const shown = new Set(certificates.map(({ certificateId }) => certificateId));
    return endpoints
      .filter(({ certificateId: id }) => id !== null && id !== 0 && !shown.has(id))
      .map(({ name, certificateId }) => {
        const text = `endpoint ${name} of ${describeEnd(end)} uses certificate ${certificateId}, which sys.certificates does not show: when it ends is not known. The login may not see it, or it is gone.`;
        return finding('endpoint_certificate_not_seen', { server: end.server, text });
      });
  });
}

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
