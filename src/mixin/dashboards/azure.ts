import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { azureFigures } from './azure-figures.ts';
import { azureCertificates, azureInstances } from './azure-instances.ts';
import { azureDatabases, azureLinks, replicaStatesOverTime, seedingInAzure } from './azure-links.ts';
import { readings, readRates, remainingReads } from './azure-readings.ts';
import { dashboardOf } from './dashboard.ts';
import { line } from './layout.ts';
import { exporterVariables, linkVariables } from './variables.ts';

/** What Azure says of the links and their instances, where the exporter reads it (section `azure` of its configuration). */
export function azureDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-azure',
    title: 'Azure',
    description:
      'What Azure says of the links and managed instances, beside what the servers say: for where the exporter reads Azure.',
    variables: [...exporterVariables(), ...linkVariables()],
    alerts: firingAlerts(['link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Links as Azure shows them',
        lines: [
          line(4, azureFigures()),
          line(9, [azureDatabases()]),
          line(8, [replicaStatesOverTime(), azureLinks()], [14, 10]),
        ],
      },
      {
        id: 101,
        title: 'Instances',
        lines: [line(8, [azureInstances(), azureCertificates(), seedingInAzure()], [10, 7, 7])],
      },
      {
        id: 102,
        title: 'Reading Azure',
        lines: [line(9, [readings(), readRates(), remainingReads()], [10, 7, 7])],
      },
    ],
  });
}
