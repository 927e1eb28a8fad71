import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import { mixinConfig } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { selectorWith } from '../selector.ts';

const select = selectorWith(mixinConfig.selector);
const { certificateCriticalDays, certificateWarningDays } = mixinConfig;

/**
 * SQL Server's own certificate and the roots imported into it: these are renewed by people. The managed instance's own
 * (there `endpoint`, on SQL Server `partner`) is renewed by Azure, and Microsoft says not to watch it.
 */
const remaining = [
  `min by (server, certificate, usage) (${select(certificateExpiryTimestampSeconds, { usage: { not: 'partner' } })})`,
  `  and on (server) ${select(serverInfo, { engine: 'sql_server' })}`,
].join('\n');

const secondsOf = (days: number): number => days * 24 * 60 * 60;

const shared = {
  name: 'MilinkCertificateExpiring',
  for: '15m',
  keepFiringFor: '15m',
  why: "for, keep_firing_for: there are days left; a server that can't be read for a while should neither raise nor clear this.",
  summary: 'A certificate that the link needs is about to expire.',
  description:
    "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} {{ if gt $value 0.0 }}expires in {{ $value | humanizeDuration }}{{ else }}has expired{{ end }}. Without it the ends of the link no longer accept each other's connections.",
} satisfies Partial<AlertRule>;

const critical: AlertRule = {
  ...shared,
  severity: 'critical',
  expression: `(\n  ${indented(remaining)}\n) - time() < ${secondsOf(certificateCriticalDays)}`,
};

/** Ends where the critical one begins: one certificate, one alert. */
const warning: AlertRule = {
  ...shared,
  severity: 'warning',
  expression: `(\n  ${indented(remaining)}\n) - time() < ${secondsOf(certificateWarningDays)} >= ${secondsOf(certificateCriticalDays)}`,
};

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

export const certificateAlerts: RuleGroup = { name: 'milink-certificates', rules: [critical, warning] };
