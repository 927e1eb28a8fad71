import type { SqlErrorDescription } from './description.ts';
import { updateBuild } from './step.ts';

/** Statements and operations around a link that were refused. */
export const linkOperationErrors: readonly SqlErrorDescription[] = [
  {
    number: 41963,
    name: 'certificate_used_elsewhere',
    severity: 'warning',
    meaning: 'The certificate was refused because another feature of the managed instance already uses it.',
    likelyCauses: ['A certificate for encryption or Service Broker was uploaded as the one of the link.'],
    whatToDo: [
      "On SQL Server make a certificate for the endpoint only: `USE master; CREATE CERTIFICATE [<name>] WITH SUBJECT = N'<server> endpoint', EXPIRY_DATE = N'<date>';`",
      'Upload that one to the managed instance.',
    ],
    seenIn: ['azure_resource_manager', 'statement'],
    isLinkError: true,
  },
  {
    number: 41964,
    name: 'blocked_by_link_creation',
    severity: 'warning',
    meaning:
      'The operation was refused because a database is just being created on the managed instance through a link.',
    likelyCauses: ['A link is still seeding.', 'A link failed while it was created and was not deleted.'],
    whatToDo: [
      'Wait until seeding has ended; `milink-exporter check` shows how far it is.',
      'Delete the link if it will not finish, then try again.',
    ],
    seenIn: ['azure_resource_manager', 'statement'],
    isLinkError: true,
  },
  {
    number: 19499,
    name: 'listener_url_invalid',
    severity: 'critical',
    meaning: 'SQL Server does not accept the LISTENER_URL of the distributed group.',
    likelyCauses: [
      "SQL Server's build has no support for the link and does not know `;Server=[name]` after the address.",
      'The address is not of the form `tcp://<host>:<port>`.',
    ],
    whatToDo: ['Read the build: `SELECT @@VERSION;`', updateBuild, 'Run the statement again.'],
    seenIn: ['statement'],
    isLinkError: false,
  },
  {
    number: 2812,
    name: 'procedure_missing',
    severity: 'warning',
    meaning: 'A stored procedure does not exist; in the set-up of a link it is mostly `sp_certificate_add_issuer`.',
    likelyCauses: ["SQL Server's build has no support for the link.", 'The name is misspelt.'],
    whatToDo: ['Read the build: `SELECT @@VERSION;`', updateBuild, 'Run the statement again.'],
    seenIn: ['statement'],
    isLinkError: false,
  },
  {
    number: 1418,
    name: 'address_unreachable',
    severity: 'critical',
    meaning: 'The address given for the partner does not exist or does not answer.',
    likelyCauses: ['The address or port is wrong.', 'A firewall is closed.', "The partner's endpoint is stopped."],
    whatToDo: [
      'Test the address and port of the message from the server that reports it.',
      'Look at the endpoint at the other end: `SELECT name, state_desc FROM sys.database_mirroring_endpoints;`',
    ],
    seenIn: ['statement', 'error_log'],
    isLinkError: false,
    unverified: 'Described from general knowledge; no source was read.',
  },
];
