import { assessLinks } from '../../src/link/assess-links.ts';
import { catalogue } from '../../src/metrics/catalogue.ts';
import type { State } from '../../src/metrics/family.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { certificate, failedServer, managedInstance, mirroringEndpoint, sqlServer } from '../link/server-state.ts';
import type { Labels, RuleCase } from './rule-case.ts';

/** Cases whose series are what the families really yield, scraped by two exporters: no name or label is written by hand. */
function caseOf(name: string, servers: readonly ServerState[], alerts: readonly Labels[]): RuleCase {
  const state: State = { servers, links: assessLinks(servers, []) };
  return { name, alert: '', interval: '1m', series: seriesOf(state), firing: { '25m': alerts } };
}

function seriesOf(state: State): Readonly<Record<string, string>> {
  const lines = catalogue.flatMap(({ name, samples }) =>
    [...samples(state)].flatMap(({ labels, value }) =>
      ['a:10522', 'b:10522'].map((instance) => {
        const pairs = Object.entries({ job: 'milink-exporter', instance, ...labels });
        return [
          `${name}{${pairs.map(([label, text]) => `${label}=${JSON.stringify(text)}`).join(',')}}`,
          `${value}x40`,
        ];
      }),
    ),
  );
  return Object.fromEntries(lines);
}

const link = { link: 'DAG_Sales', managed_instance: 'mi-prod' };
const sixDays = 6 * 86_400;

export const stateCases: readonly RuleCase[] = [
  caseOf('a healthy link', [sqlServer(), managedInstance()], []),
  caseOf(
    'primary at both ends',
    [sqlServer(), managedInstance({ role: 'PRIMARY' })],
    [{ alertname: 'MilinkLinkSplitBrain', severity: 'critical', ...link }],
  ),
  caseOf(
    'the partner is not healthy',
    [sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY' } }), managedInstance()],
    [{ alertname: 'MilinkLinkNotHealthy', severity: 'critical', ...link }],
  ),
  caseOf(
    'the partner is not healthy and not connected',
    [
      sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY', connectedState: 'DISCONNECTED' } }),
      managedInstance(),
    ],
    [{ alertname: 'MilinkLinkNotHealthy', severity: 'critical', ...link }],
  ),
  caseOf('between the two steps of a planned failover', [sqlServer({ role: 'SECONDARY' }), managedInstance()], []),
  caseOf(
    'a server that refuses connections',
    [failedServer('sql-prod-01'), managedInstance()],
    [{ alertname: 'MilinkServerNotPolled', severity: 'warning', server: 'sql-prod-01' }],
  ),
  // promtool's clock starts at 0.
  caseOf(
    "the endpoint's certificate near its end",
    [
      sqlServer(
        {},
        {
          views: {
            certificates: [certificate({ expiryTimestampSeconds: sixDays })],
            database_mirroring_endpoints: [mirroringEndpoint()],
          },
        },
      ),
      managedInstance(),
    ],
    [
      {
        alertname: 'MilinkCertificateExpiring',
        severity: 'critical',
        server: 'sql-prod-01',
        certificate: 'Cert_SQL01_endpoint',
        usage: 'endpoint',
      },
    ],
  ),
];
