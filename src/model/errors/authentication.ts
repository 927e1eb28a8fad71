import type { SqlErrorDescription } from './description.ts';
import { keepAuthentication, showEndpoint, showEndpointCertificate, updateBuild, uploadCertificate } from './step.ts';

const seen = { seenIn: ['error_log', 'last_connect_error'], isLinkError: false } as const;

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
