import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { linkCertificateMatches } from '../../metrics/families/link.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByExporter, saidByServer } from '../evidence/said.ts';
import type { Watch } from '../evidence/watch.ts';
import { on } from '../promql.ts';
import { linkKeys, linkText, queryText, selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-certificates', labels: ['server'] } as const;
const certificateText = 'Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }}';
const keys = ['server', 'certificate', 'usage'] as const;

/**
 * Of SQL Server's own certificate and of the roots imported into it: these are renewed by people. The managed instance's own
 * (there `endpoint`, on SQL Server `partner`) is renewed by Azure, and Microsoft says not to watch it. `ends` completes
 * `expiry - now`.
 */
function expiry(settings: Settings, ends: string): string {
  const select = selectFor(settings);
  const watched = select(certificateExpiryTimestampSeconds, { usage: { not: 'partner' } });
  return [
    `${watched} - time() ${ends}`,
    `and ${on(settings, ['job', 'instance', 'server'])} ${select(serverInfo, { engine: 'sql_server' })}`,
  ].join(' ');
}

/** Seconds left, for a text. */
function leftText(settings: Settings): string {
  const query = queryText(settings, certificateExpiryTimestampSeconds, { labels: keys }).replace(
    /`(.*)`/,
    '`min by (certificate) ($1) - time()`',
  );
  return `{{ with ${query} | query }}{{ . | first | value | humanizeDuration }}{{ else }}less than was asked for{{ end }}`;
}

function expired(settings: Settings): Watch {
  const [wrong, right] = [expiry(settings, '<= 0'), expiry(settings, '> 0')];
  return {
    name: 'MilinkCertificateExpired',
    severity: 'critical',
    keys,
    wrong: saidByServer(settings, keys, wrong),
    right: saidByServer(settings, keys, right),
    wait: '1m',
    why: 'It was foretold for weeks, so there is nothing to wait for.',
    summary: 'A certificate that the link needs has expired.',
    description: `${certificateText} has expired: the ends of the link do not accept each other's next connection. First make a new one at that end and bring its public part to the other end; don't restart the endpoint before.`,
    silences: '',
    dashboard,
  };
}

/** Only what can't wait until morning wakes somebody: with days left it is work of the day, told once each. */
function expiring(settings: Settings, severity: 'warning' | 'critical'): Watch {
  const { certificateCriticalHours, certificateWarningDays } = settings;
  // Each ends where the next one begins: one certificate, one alert.
  const [below, from] =
    severity === 'critical'
      ? [`${certificateCriticalHours} * 3600`, '> 0']
      : [`${certificateWarningDays} * 86400`, `>= ${certificateCriticalHours} * 3600`];
  return {
    name: 'MilinkCertificateExpiring',
    severity,
    keys,
    wrong: saidByServer(settings, keys, expiry(settings, `< ${below} ${from}`)),
    right: [
      saidByServer(settings, keys, expiry(settings, `>= ${below}`)),
      `or ${saidByServer(settings, keys, expiry(settings, severity === 'critical' ? '<= 0' : `< ${certificateCriticalHours} * 3600`))}`,
    ].join('\n'),
    wait: '5m',
    why: 'There are hours or days left, and a rotation shows both certificates for a moment.',
    summary: 'A certificate that the link needs is about to expire.',
    description: `${certificateText} expires in ${leftText(settings)}. Without it the ends of the link no longer accept each other's connections. First make its successor and bring the public part to the other end: docs/runbooks/rotate-a-certificate.md.`,
    silences: severity === 'critical' ? 'MilinkCertificateExpired takes over.' : 'The same at critical takes over.',
    dashboard,
  };
}

function mismatch(settings: Settings): Watch {
  const matches = selectFor(settings)(linkCertificateMatches);
  const own = [...linkKeys, 'certificate_owner'] as const;
  return {
    name: 'MilinkCertificateMismatch',
    severity: 'warning',
    keys: own,
    wrong: saidByExporter(settings, own, `${matches} == 0`),
    right: saidByExporter(settings, own, `${matches} == 1`),
    wait: '15m',
    why: 'A rotation brings the new certificate to one end some minutes before the other.',
    summary: 'The ends of the link hold different certificates.',
    description: `The endpoint certificate of {{ if eq $labels.certificate_owner "sql_server" }}SQL Server{{ else }}the managed instance{{ end }} in link ${linkText} is not the one that the other end holds of it: a connection that stands goes on, the next one will be refused. First find out whether a rotation is under way; then bring the certificate that the endpoint uses to the other end.`,
    silences: '',
    dashboard: { uid: 'milink-certificates', labels: ['link', 'managed_instance'] },
  };
}

/** The certificates with which the ends know each other. */
export function certificateAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-certificates',
    watches: [expired(settings), expiring(settings, 'critical'), expiring(settings, 'warning'), mismatch(settings)],
  };
}
