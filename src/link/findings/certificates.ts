import type { Engine } from '../../model/server.ts';
import { certificatesOfLink, type LinkCertificateState } from '../certificates-of-link.ts';
import type { Finding } from '../data/finding.ts';
import { describeEnd } from '../words.ts';
import type { Evidence } from './evidence.ts';
import { finding } from './finding.ts';
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
