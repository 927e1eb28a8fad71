import { databaseKeys, linkKeys, linkText } from '../link-series.ts';
import { type FindingAlert, linkDashboard } from './alert.ts';

/** What Azure says of links, where the exporter reads it. */
export const azureFindingAlerts: readonly FindingAlert[] = [
  {
    name: 'MilinkAzureLinkError',
    severity: 'critical',
    findings: ['azure_link_error', 'azure_disconnected', 'azure_not_healthy', 'azure_certificate_expired'],
    keys: [...databaseKeys, 'finding'],
    wait: '2m',
    why: 'The exporter itself waits ten minutes with an error state, as Azure shows one for seconds on a good link.',
    summary: 'Azure shows a link that does not work.',
    description: `Azure shows link ${linkText}{{ with $labels.database }}, database {{ . }},{{ end }} as one that does not work ({{ $labels.finding }}): it never began, has lost its partner, or its certificate has expired. First run \`check\`: it has Azure's own words, the number of its error, what it means and what to do.`,
    dashboard: linkDashboard('database'),
  },
  {
    name: 'MilinkAzureLinkError',
    severity: 'warning',
    findings: [
      'azure_link_error_unconfirmed',
      'azure_partially_healthy',
      'azure_role_differs',
      'azure_link_not_listed',
      'azure_lists_absent_link',
      'azure_certificate_differs',
      'azure_certificate_expiring',
    ],
    keys: [...databaseKeys, 'finding'],
    wait: '10m',
    why: 'Azure is behind the servers, and a link that is made or deleted is there for one of them first.',
    summary: 'Azure shows something else of a link than it should.',
    description: `What Azure shows of link ${linkText}{{ with $labels.database }}, database {{ . }},{{ end }} is not what it should be or not what the servers show ({{ $labels.finding }}). First run \`check\`: it has what each of them says.`,
    dashboard: linkDashboard('database'),
  },
  {
    name: 'MilinkAzureInstanceNotReady',
    severity: 'warning',
    findings: ['azure_instance_not_ready'],
    keys: linkKeys,
    wait: '15m',
    why: 'A change of the size of an instance passes through such a state; what it breaks is told for itself.',
    summary: 'Azure says that a managed instance is not ready.',
    description: `Managed instance {{ $labels.managed_instance }}, which carries link {{ $labels.link }}, is not Ready as Azure says: it is stopped, being made or being changed. First see in Azure who did that, and until when.`,
    dashboard: linkDashboard(),
  },
];
