import type { SqlErrorDescription } from './description.ts';
import {
  keepAuthentication,
  showEndpoint,
  showEndpointCertificate,
  startEndpoint,
  updateBuild,
  uploadCertificate,
} from './step.ts';

const seen = { seenIn: ['error_log', 'last_connect_error'], isLinkError: false } as const;

/** The database mirroring endpoint itself: it does not run, or does not listen. */
export const endpointErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
    number: 9666,
    name: 'endpoint_stopped',
    severity: 'critical',
    meaning: 'The endpoint is stopped or disabled, so no replica can connect to this server.',
    likelyCauses: ['Somebody stopped it, or it was created stopped.'],
    whatToDo: [showEndpoint, startEndpoint],
  },
  {
    ...seen,
    number: 9691,
    name: 'endpoint_stopped_listening',
    severity: 'critical',
    meaning: 'The endpoint no longer listens for connections.',
    likelyCauses: ['It was stopped or changed.', 'The server is shutting down.'],
    whatToDo: [showEndpoint, startEndpoint],
    seenIn: ['error_log'],
  },
  {
    ...seen,
    number: 9692,
    name: 'endpoint_port_in_use',
    severity: 'critical',
    meaning: "The endpoint can't listen because another process has its port.",
    likelyCauses: [
      'Another instance on the same machine uses the same port.',
      'A test endpoint or listener was left behind.',
    ],
    whatToDo: [
      'Find who has the port: `Get-NetTCPConnection -LocalPort 5022` on Windows, `ss -ltnp` on Linux.',
      'End that, or give the endpoint of SQL Server another port: `ALTER ENDPOINT [endpoint] AS TCP (LISTENER_PORT = <port>);`, and change the address of the link to match.',
    ],
    seenIn: ['error_log', 'statement'],
  },
  {
    ...seen,
    number: 9693,
    name: 'endpoint_cannot_listen',
    severity: 'critical',
    meaning: "The endpoint can't listen; the message carries the reason of the operating system.",
    likelyCauses: ['LISTENER_IP is an address that the machine does not have.', 'The port is reserved.'],
    whatToDo: [
      showEndpoint,
      'Let that of SQL Server listen on every address: `ALTER ENDPOINT [endpoint] AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL);`',
    ],
    seenIn: ['error_log', 'statement'],
    unverified: 'The causes are inferred; the message carries its own.',
  },
  {
    ...seen,
    number: 28080,
    name: 'endpoint_not_configured',
    severity: 'critical',
    meaning: 'A replica connected to a server that has no database mirroring endpoint.',
    likelyCauses: ['The endpoint was never created, or was dropped.', 'The address leads to another server.'],
    whatToDo: [
      'On SQL Server create it with the certificate of the server: `CREATE ENDPOINT [endpoint] STATE = STARTED AS TCP (LISTENER_PORT = 5022) FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<certificate>], ENCRYPTION = REQUIRED ALGORITHM AES);`',
      'Check that `endpoint_url` of the group names this server.',
    ],
  },
  {
    ...seen,
    number: 28091,
    name: 'endpoint_without_authentication',
    severity: 'critical',
    meaning: 'The endpoint was not started because it has no authentication.',
    likelyCauses: ['It was created without a certificate and without Windows authentication.'],
    whatToDo: [
      'On SQL Server give it the certificate: `ALTER ENDPOINT [endpoint] FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<certificate>]);`',
      startEndpoint,
    ],
    seenIn: ['error_log', 'statement'],
  },
  {
    ...seen,
    number: 33309,
    name: 'cluster_endpoint_not_loaded',
    severity: 'warning',
    meaning: "The endpoint can't start yet because its configuration has not been loaded.",
    likelyCauses: ['The server has only just started.'],
    whatToDo: ['Wait a minute and look again.', showEndpoint, startEndpoint],
    seenIn: ['error_log'],
    unverified: 'That it passes by itself after a start is inferred.',
  },
];

/** One endpoint refuses the other. 28034, 28036 and 28045 mostly stand inside the text of 28047 or 28048. */
export const authenticationErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
    number: 28034,
    name: 'connect_permission_missing',
    severity: 'critical',
    meaning: 'The handshake was refused because the login of the partner may not connect to the endpoint.',
    likelyCauses: [
      "The login that owns the partner's certificate has no CONNECT permission on the endpoint.",
      'The endpoint accepts Windows logins and the service account of the partner is not allowed.',
    ],
    whatToDo: [
      'On SQL Server grant it: `USE master; GRANT CONNECT ON ENDPOINT::[endpoint] TO [<login>];`',
      'Do so on every node of its availability group.',
    ],
  },
  {
    ...seen,
    number: 28036,
    name: 'endpoint_certificate_not_found',
    severity: 'critical',
    meaning: 'The certificate that the endpoint is set to use does not exist on this server.',
    likelyCauses: [
      'The certificate was dropped from `master`.',
      'The `master` database was restored from another time.',
    ],
    whatToDo: [
      showEndpointCertificate,
      "Make a new certificate on SQL Server: `USE master; CREATE CERTIFICATE [<name>] WITH SUBJECT = N'<server> endpoint', EXPIRY_DATE = N'<date>';`",
      uploadCertificate,
      'Bind it to the endpoint of SQL Server: `ALTER ENDPOINT [endpoint] FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<name>]);`',
      keepAuthentication,
    ],
  },
  {
    ...seen,
    number: 28045,
    name: 'peer_certificate_differs',
    severity: 'critical',
    meaning: 'The partner showed a certificate that has the issuer and serial number of a stored one and is another.',
    likelyCauses: [
      "The partner's certificate was made anew, and the copy in `master` is the old one.",
      'Two certificates were issued with one serial number.',
    ],
    whatToDo: [
      'Compare: `SELECT name, issuer_name, cert_serial_number, thumbprint, expiry_date FROM master.sys.certificates;` here with the certificate at the partner.',
      "On SQL Server, drop the stale copy and import the managed instance's present certificate; for a managed instance, upload SQL Server's anew.",
    ],
  },
  {
    ...seen,
    number: 28047,
    name: 'endpoint_login_failed',
    severity: 'critical',
    meaning: 'The login between the endpoints failed for a partner without a name; the message carries the reason.',
    likelyCauses: [
      'A certificate has expired, is not trusted or was not imported at the other end.',
      'The two endpoints have no way of authentication or encryption in common.',
      "A text about an empty redirect string means that SQL Server's build can't carry a link.",
    ],
    whatToDo: [
      'Read the reason between the quotation marks of the message.',
      showEndpointCertificate,
      uploadCertificate,
      showEndpoint,
      updateBuild,
    ],
  },
  {
    ...seen,
    number: 28048,
    name: 'endpoint_login_failed_for_user',
    severity: 'critical',
    meaning: 'The login between the endpoints failed for the user that the message names.',
    likelyCauses: [
      'The user may not connect to the endpoint.',
      'The endpoint uses Windows authentication where it should use a certificate.',
    ],
    whatToDo: [
      'Read the reason between the quotation marks of the message.',
      'On SQL Server grant what is missing: `USE master; GRANT CONNECT ON ENDPOINT::[endpoint] TO [<login>];`',
      showEndpoint,
    ],
  },
];
