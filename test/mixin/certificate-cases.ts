import type { RuleCase } from './rule-case.ts';

const alert = 'MilinkCertificateExpiring';
const days = (count: number): number => count * 86_400;

/** promtool's clock starts at 0, so the expiry is also the time left at the start. */
const expiry = (server: string, usage: string, instance = 'a:10522'): string =>
  `milink_certificate_expiry_timestamp_seconds{instance="${instance}",server="${server}",certificate="Cert_endpoint",usage="${usage}"}`;
const info = (server: string, engine: string, instance = 'a:10522'): string =>
  `milink_server_info{instance="${instance}",server="${server}",engine="${engine}",version="16.0.4175.1",edition="Enterprise"}`;

const labels = (severity: string, usage = 'endpoint') => ({
  alertname: alert,
  severity,
  server: 'sql-prod',
  certificate: 'Cert_endpoint',
  usage,
});

export const certificateCases: readonly RuleCase[] = [
  {
    name: 'warning under 30 days, one for two exporters',
    alert,
    interval: '1m',
    series: {
      [expiry('sql-prod', 'endpoint', 'a:10522')]: `${days(29)}x40`,
      [expiry('sql-prod', 'endpoint', 'b:10522')]: `${days(29)}x40`,
      [info('sql-prod', 'sql_server', 'a:10522')]: '1x40',
      [info('sql-prod', 'sql_server', 'b:10522')]: '1x40',
    },
    firing: { '14m': [], '15m': [labels('warning')], '30m': [labels('warning')] },
    text: {
      at: '20m',
      labels: labels('warning'),
      description:
        "Certificate Cert_endpoint (endpoint) on server sql-prod expires in 28d 23h 40m 0s. Without it the ends of the link no longer accept each other's connections.",
    },
  },
  {
    name: 'critical under 7 days, and no warning beside it; an imported root counts too',
    alert,
    interval: '1m',
    series: { [expiry('sql-prod', 'authority')]: `${days(6)}x40`, [info('sql-prod', 'sql_server')]: '1x40' },
    firing: { '14m': [], '15m': [labels('critical', 'authority')] },
  },
  {
    name: 'critical goes on after the certificate has expired',
    alert,
    interval: '1m',
    series: { [expiry('sql-prod', 'endpoint')]: '600x60', [info('sql-prod', 'sql_server')]: '1x60' },
    firing: { '14m': [], '50m': [labels('critical')] },
    text: {
      at: '50m',
      labels: labels('critical'),
      description:
        "Certificate Cert_endpoint (endpoint) on server sql-prod has expired. Without it the ends of the link no longer accept each other's connections.",
    },
  },
  {
    name: 'a renewed certificate ends the alert',
    alert,
    interval: '1m',
    series: {
      [expiry('sql-prod', 'endpoint')]: `${days(6)}x20 ${days(365)}x40`,
      [info('sql-prod', 'sql_server')]: '1x60',
    },
    firing: { '14m': [], '20m': [labels('critical')], '40m': [] },
  },
  {
    name: 'silent from 30 days on',
    alert,
    interval: '1m',
    series: { [expiry('sql-prod', 'endpoint')]: `${days(31)}x60`, [info('sql-prod', 'sql_server')]: '1x60' },
    firing: { '30m': [], '1h': [] },
  },
  {
    name: "silent for the managed instance's certificates, which Azure renews",
    alert,
    interval: '1m',
    series: {
      [expiry('mi-prod', 'endpoint')]: `${days(3)}x60`,
      [info('mi-prod', 'managed_instance')]: '1x60',
      [expiry('sql-prod', 'partner')]: `${days(3)}x60`,
      [info('sql-prod', 'sql_server')]: '1x60',
    },
    firing: { '30m': [], '1h': [] },
  },
];
