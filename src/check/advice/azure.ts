import type { FindingCode } from '../../link/findings/kinds.ts';
import type { AdviceStep } from './step.ts';

const showLink: AdviceStep = {
  text: 'See what Azure says of it in full: `az sql mi link show --resource-group <group> --managed-instance <instance> --name <link>`.',
};
const lookAtServers: AdviceStep = {
  text: 'See what both servers say of it themselves: add them to `servers`, or run the queries of docs/runbooks/README.md on each.',
};
export const recreate: AdviceStep = {
  text: 'A link in this state does not begin again by itself: mend what the error names, delete the link, create it again. docs/runbooks/recreate-the-link.md says how.',
};

/** What to do about what Azure says. An error has the steps of its number before these: `report/next-steps.ts`. */
export const azureAdvice = {
  azure_both_ends_primary: [
    lookAtServers,
    {
      text: 'Stop the writes at the end that was primary before, once that is known: docs/runbooks/MilinkLinkSplitBrain.md. Azure alone does not say which one that is.',
    },
  ],
  azure_not_found: [
    {
      text: 'Ask who deleted the link: the activity log of the managed instance in Azure has the operation and the caller. If it should be there, create it again.',
    },
  ],
  azure_link_error: [showLink, recreate],
  azure_link_error_unconfirmed: [
    showLink,
    {
      text: 'Wait a quarter of an hour: both servers show the link in good order, so nothing is lost. If it stays, open a request at Microsoft.',
    },
  ],
  azure_disconnected: [
    lookAtServers,
    { text: 'Test the network between the ends: docs/runbooks/test-the-network.md.' },
  ],
  azure_not_healthy: [showLink, lookAtServers],
  azure_partially_healthy: [showLink, lookAtServers],
  azure_link_starting: [
    {
      text: 'Wait until the first copy is there. If Azure shows no progress for long, look at the seeding on SQL Server.',
    },
  ],
  azure_certificate_expired: [
    { text: "Renew SQL Server's certificate and upload it: docs/runbooks/rotate-a-certificate.md." },
  ],
  azure_certificate_expiring: [
    { text: "Renew SQL Server's certificate and upload it: docs/runbooks/rotate-a-certificate.md." },
  ],
  azure_certificate_differs: [
    {
      text: 'Compare the thumbprints at {sql_server} with those that Azure lists, `az sql mi partner-cert list` and `az sql mi endpoint-cert list`, and upload or import what is missing: docs/runbooks/rotate-a-certificate.md.',
      at: 'sql_server',
      sql: ['SELECT name, thumbprint, expiry_date FROM sys.certificates;'],
    },
  ],
  azure_role_differs: [
    {
      text: 'Go by what the servers say. If it stays for long, somebody failed over outside of Azure: see the link in the portal.',
    },
  ],
  azure_link_not_listed: [
    {
      text: 'See in the activity log of the managed instance whether the link was deleted there. If it was, remove what is left on SQL Server.',
    },
  ],
  azure_lists_absent_link: [
    showLink,
    {
      text: 'If its creation failed, or it was dropped on a server alone: delete the link in Azure, then create it again.',
    },
  ],
  azure_instance_not_ready: [
    {
      text: 'See in Azure why the instance is not Ready: it may be stopped, being made, or being changed; then start it, or wait.',
    },
  ],
} as const satisfies Readonly<Partial<Record<FindingCode, readonly AdviceStep[]>>>;
