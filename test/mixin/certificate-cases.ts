import { identity, linkSeries, type RuleCase } from './rule-case.ts';

const alert = 'MilinkCertificateExpiring';
const mismatch = {
  alertname: 'MilinkCertificateMismatch',
  severity: 'warning',
  ...identity,
  certificate_owner: 'sql_server',
};
const matches = (owner: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_certificate_matches', { instance, certificate_owner: owner });
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
      [expiry('sql-prod', 'endpoint', 'a:10522')]: `${days(29)}x40 stale`,
      [expiry('sql-prod', 'endpoint', 'b:10522')]: `${days(29)}x40 stale`,
      [info('sql-prod', 'sql_server', 'a:10522')]: '1x40',
      [info('sql-prod', 'sql_server', 'b:10522')]: '1x40',
    },
    firing: {
      '4m': [],
      '14m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'warning',
          usage: 'endpoint',
        },
      ],
      '15m': [labels('warning')],
      '30m': [labels('warning')],
      '54m': [labels('warning')],
      '57m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'warning',
          usage: 'endpoint',
        },
      ],
    },
    text: {
      at: '20m',
      labels: labels('warning'),
      description:
        "Certificate Cert_endpoint (endpoint) on server sql-prod expires in 28d 23h 40m 0s. Without it the ends of the link no longer accept each other's connections. First make its successor and bring the public part to the other end: docs/runbooks/rotate-a-certificate.md. Seen without a break since 1970-01-01 00:00:00 UTC.",
    },
  },
  {
    name: 'critical under 7 days, and no warning beside it; an imported root counts too',
    alert,
    interval: '1m',
    series: { [expiry('sql-prod', 'authority')]: `${days(6)}x40`, [info('sql-prod', 'sql_server')]: '1x40' },
    firing: {
      '14m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'warning',
          usage: 'authority',
        },
      ],
      '15m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'warning',
          usage: 'authority',
        },
      ],
    },
  },
  {
    name: 'critical in words',
    alert,
    interval: '1m',
    series: { [expiry('sql-prod', 'endpoint')]: `${days(1)}x40 stale`, [info('sql-prod', 'sql_server')]: '1x40' },
    firing: {
      '4m': [],
      '14m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'critical',
          usage: 'endpoint',
        },
      ],
      '15m': [labels('critical')],
      '54m': [labels('critical')],
      '57m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'critical',
          usage: 'endpoint',
        },
      ],
    },
    text: {
      at: '20m',
      labels: labels('critical'),
      description:
        "Certificate Cert_endpoint (endpoint) on server sql-prod expires in 23h 40m 0s. Without it the ends of the link no longer accept each other's connections. First make its successor and bring the public part to the other end: docs/runbooks/rotate-a-certificate.md. Seen without a break since 1970-01-01 00:01:00 UTC.",
    },
  },
  {
    name: 'expired: an alert of its own takes over, one for two exporters',
    alert: 'MilinkCertificateExpired',
    interval: '1m',
    series: {
      [expiry('sql-prod', 'endpoint', 'a:10522')]: '1200x45 stale',
      [expiry('sql-prod', 'endpoint', 'b:10522')]: '1200x45 stale',
      [info('sql-prod', 'sql_server', 'a:10522')]: '1x60',
      [info('sql-prod', 'sql_server', 'b:10522')]: '1x60',
    },
    firing: {
      '19m': [labels('critical')],
      '20m45s': [labels('critical')],
      '21m': [labels('critical'), { ...labels('critical'), alertname: 'MilinkCertificateExpired' }],
      '40m': [{ ...labels('critical'), alertname: 'MilinkCertificateExpired' }],
      '59m': [{ ...labels('critical'), alertname: 'MilinkCertificateExpired' }],
      '1h2m': [
        {
          alertname: 'MilinkCertificateExpired',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'critical',
          usage: 'endpoint',
        },
      ],
    },
    text: {
      at: '50m',
      labels: labels('critical'),
      description:
        "Certificate Cert_endpoint (endpoint) on server sql-prod has expired: the ends of the link do not accept each other's next connection. First make a new one at that end and bring its public part to the other end; don't restart the endpoint before. Seen without a break since 1970-01-01 00:20:00 UTC.",
    },
  },
  {
    name: "silent for the managed instance's certificate, which Azure renews, and for one renewed in time",
    alert: 'MilinkCertificateExpired',
    interval: '1m',
    series: {
      [expiry('mi-prod', 'endpoint')]: '60x60',
      [info('mi-prod', 'managed_instance')]: '1x60',
      [expiry('sql-prod', 'partner')]: '60x60',
      [expiry('sql-prod', 'endpoint')]: `600x9 ${days(365)}x60`,
      [info('sql-prod', 'sql_server')]: '1x60',
    },
    firing: { '30m': [], '50m': [] },
  },
  {
    name: 'a renewed certificate ends the alert',
    alert,
    interval: '1m',
    series: {
      [expiry('sql-prod', 'endpoint')]: `${days(6)}x20 ${days(365)}x40`,
      [info('sql-prod', 'sql_server')]: '1x60',
    },
    firing: {
      '14m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'warning',
          usage: 'endpoint',
        },
      ],
      '20m': [
        {
          alertname: 'MilinkCertificateExpiring',
          certificate: 'Cert_endpoint',
          server: 'sql-prod',
          severity: 'warning',
          usage: 'endpoint',
        },
      ],
      '40m': [],
    },
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
  {
    name: 'the ends hold different certificates, as two exporters say',
    alert: 'MilinkCertificateMismatch',
    interval: '1m',
    series: {
      [matches('sql_server', 'a:10522')]: '0x20 stale',
      [matches('sql_server', 'b:10522')]: '0x20 stale',
      [matches('managed_instance')]: '1x60',
    },
    firing: {
      '14m45s': [],
      '15m': [mismatch],
      '24m': [mismatch],
      '27m': [
        {
          alertname: 'MilinkCertificateMismatch',
          certificate_owner: 'sql_server',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'warning',
        },
      ],
    },
    text: {
      at: '20m',
      labels: mismatch,
      description:
        'The endpoint certificate of SQL Server in link DAG_Sales with managed instance mi-prod is not the one that the other end holds of it: a connection that stands goes on, the next one will be refused. First find out whether a rotation is under way; then bring the certificate that the endpoint uses to the other end. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent while a certificate is rotated, first at one end and then at the other',
    alert: 'MilinkCertificateMismatch',
    interval: '1m',
    series: { [matches('managed_instance')]: '1x4 0x12 1x60' },
    firing: { '15m': [], '20m': [], '40m': [] },
  },
];
