import type { SqlErrorDescription } from './description.ts';
import {
  compareNames,
  createAgain,
  openFirewall,
  readPartnerLog,
  runCheck,
  showEndpoint,
  showEndpointCertificate,
  startEndpoint,
  testNetwork,
  updateBuild,
  uploadCertificate,
} from './step.ts';

// Azure names these as the latest error of a link; no dynamic management view is known to show them.
const seen = {
  seenIn: ['azure_resource_manager', 'error_log'],
  isLinkError: true,
  unverified: "That the managed instance's error log shows this number is inferred.",
} as const;

/**
 * The seven errors that Microsoft documents for creating a link. The link's state in Azure is LinkInitError with
 * 41962, 41973, 41974, 41976, 41986 and 47521, and LinkCreationError with 41977.
 */
export const linkErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
    number: 41962,
    name: 'replication_not_started',
    severity: 'critical',
    meaning: 'The link was given up because no replication had begun within the time allowed, which is five minutes.',
    likelyCauses: [
      'A firewall, a network security group or a missing route blocks one of the two directions.',
      "The managed instance can't resolve or reach the address that was given for SQL Server.",
      "SQL Server's endpoint is stopped or listens on another port.",
    ],
    whatToDo: [testNetwork, openFirewall, showEndpoint, startEndpoint, createAgain],
  },
  {
    ...seen,
    number: 41973,
    name: 'sql_server_certificate_missing',
    severity: 'critical',
    meaning: "The managed instance does not know SQL Server's endpoint certificate, so it refuses the connection.",
    likelyCauses: [
      'The certificate was never uploaded to the managed instance.',
      "SQL Server's certificate was renewed, and the new one was not uploaded before the endpoint began to use it.",
      'The availability group failed over to a node whose certificate was not uploaded.',
    ],
    whatToDo: [showEndpointCertificate, uploadCertificate, createAgain],
  },
  {
    ...seen,
    number: 41974,
    name: 'managed_instance_certificate_missing',
    severity: 'critical',
    meaning: "SQL Server does not know the managed instance's endpoint certificate, so it refuses the connection.",
    likelyCauses: [
      "The managed instance's public key was not imported into `master` on SQL Server.",
      "The imported certificate has another name than the managed instance's full DNS name.",
      'The root authorities of Azure were not imported, or nothing was issued to trust them.',
      'A node of the availability group was left out.',
    ],
    whatToDo: [
      'Read the public key on the managed instance: `EXEC sp_get_endpoint_certificate @endpoint_type = 4;`',
      'Import it in `master` on every node of SQL Server, named as the full DNS name: `USE master; CREATE CERTIFICATE [<name>.<zone>.database.windows.net] FROM BINARY = 0x...;`',
      'Import the root authorities of Azure, and have `sp_certificate_add_issuer` trust each for `*.database.windows.net`.',
      createAgain,
    ],
  },
  {
    ...seen,
    number: 41976,
    name: 'availability_group_not_responding',
    severity: 'critical',
    meaning: "The partner's server was found, but the availability group that the link names there gave no answer.",
    likelyCauses: [
      'The availability group or the distributed group does not exist at the partner.',
      'A name is misspelt, or was given to the wrong end.',
      "The managed instance's address in LISTENER_URL lacks `;Server=[name]`.",
      "SQL Server's build can't carry a link and logs that its redirect string is empty.",
    ],
    whatToDo: [compareNames, readPartnerLog, updateBuild, createAgain],
  },
  {
    ...seen,
    number: 41977,
    name: 'target_database_not_responding',
    severity: 'critical',
    meaning: 'The availability group at the partner answers, but the database that the link should copy does not.',
    likelyCauses: [
      'Creating the database at the secondary end failed.',
      'The link names another database than the one in the availability group.',
      'A script was run at the wrong end or with parameters of another link.',
    ],
    whatToDo: [
      'Check that the group holds the database: `SELECT DB_NAME(database_id) AS name, database_state_desc FROM sys.dm_hadr_database_replica_states WHERE is_local = 1;`',
      compareNames,
      readPartnerLog,
      createAgain,
    ],
  },
  {
    ...seen,
    number: 41986,
    name: 'connection_failed',
    severity: 'critical',
    meaning:
      'The managed instance could not connect to SQL Server, or connected and then waited too long for an answer.',
    likelyCauses: [
      'A firewall or a network security group drops the traffic, also when it was changed after the link was created.',
      'The connection between the networks (VPN, ExpressRoute or peering) is down or too slow.',
      'SQL Server is stopped, or too busy to answer.',
    ],
    whatToDo: [testNetwork, openFirewall, showEndpoint, startEndpoint, runCheck],
  },
  {
    ...seen,
    number: 47521,
    name: 'replica_request_missing',
    severity: 'critical',
    meaning: 'The secondary end never got a valid request to join, so the link was not established.',
    likelyCauses: [
      "The primary end can't be reached.",
      'The availability group at the primary end has no database.',
      'The database at the primary end is not online and healthy.',
    ],
    whatToDo: [
      'Check the group and its databases at the primary end: `SELECT DB_NAME(database_id) AS name, database_state_desc, synchronization_health_desc FROM sys.dm_hadr_database_replica_states WHERE is_local = 1;`',
      'Where SQL Server is the primary end and its group is empty, add the database: `ALTER AVAILABILITY GROUP [group] ADD DATABASE [database];`',
      testNetwork,
      createAgain,
    ],
  },
];

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
