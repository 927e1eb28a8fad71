import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { linkCertificateMatches } from '../../metrics/families/link.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { linkText, selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-certificates', labels: ['server'] } as const;
const certificateText = 'Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }}';

/**
 * Seconds left of SQL Server's own certificate and of the roots imported into it: these are renewed by people. The
 * managed instance's own (there `endpoint`, on SQL Server `partner`) is renewed by Azure, and Microsoft says not to watch it.
 */
function remaining(settings: Settings): string {
  const select = selectFor(settings);
  return [
    '(',
    `  min by (server, certificate, usage) (${select(certificateExpiryTimestampSeconds, { usage: { not: 'partner' } })})`,
    `    and on (server) ${select(serverInfo, { engine: 'sql_server' })}`,
    ') - time()',
  ].join('\n');
}

function expired(settings: Settings): AlertRule {
  return {
    name: 'MilinkCertificateExpired',
    severity: 'critical',
    expression: `${remaining(settings)} <= 0`,
    for: '1m',
    keepFiringFor: '15m',
    why: "for: it was foretold for weeks, so there is nothing to wait for. keep_firing_for: a server that can't be read for a while should not clear this.",
    summary: 'A certificate that the link needs has expired.',
    description: `${certificateText} has expired: the ends of the link do not accept each other's next connection.`,
    dashboard,
  };
}

function expiring(settings: Settings, severity: 'warning' | 'critical'): AlertRule {
  const { certificateCriticalDays, certificateWarningDays } = settings;
  // Each ends where the next one begins: one certificate, one alert.
  const [below, from] =
    severity === 'critical'
      ? [certificateCriticalDays, '0']
      : [certificateWarningDays, `${certificateCriticalDays} * 86400`];
  return {
    name: 'MilinkCertificateExpiring',
    severity,
    expression: `${remaining(settings)} < ${below} * 86400 ${from === '0' ? '>' : '>='} ${from}`,
    for: '15m',
    keepFiringFor: '15m',
    why: "for, keep_firing_for: there are days left; a server that can't be read for a while should neither raise nor clear this.",
    summary: 'A certificate that the link needs is about to expire.',
    description: `${certificateText} expires in {{ $value | humanizeDuration }}. Without it the ends of the link no longer accept each other's connections.`,
    dashboard,
  };
}

function mismatch(settings: Settings): AlertRule {
  return {
    name: 'MilinkCertificateMismatch',
    severity: 'warning',
    expression: `max by (link, managed_instance, certificate_owner) (${selectFor(settings)(linkCertificateMatches)}) == 0`,
    for: '15m',
    keepFiringFor: '5m',
    why: `for: a rotation brings the new certificate to one end some minutes before the other. keep_firing_for: an end that goes down
      takes the series with it.`,
    summary: 'The ends of the link hold different certificates.',
    description: `The endpoint certificate of {{ if eq $labels.certificate_owner "sql_server" }}SQL Server{{ else }}the managed instance{{ end }} in link ${linkText} is not the one that the other end holds of it: a connection that stands goes on, the next one will be refused.`,
    dashboard: { uid: 'milink-certificates', labels: ['link', 'managed_instance'] },
  };
}

/** The certificates with which the ends know each other. */
export function certificateAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-certificates',
    rules: [expired(settings), expiring(settings, 'critical'), expiring(settings, 'warning'), mismatch(settings)],
  };
}
