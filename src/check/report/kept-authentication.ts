/**
 * AUTHENTICATION replaces all that an endpoint has. An endpoint that lets an availability group's own replicas in by Windows
 * authentication, the usual one to which a link is added, would cut them off: what is there has to be said again, in its order.
 */
const clause = 'AUTHENTICATION = CERTIFICATE ';

/** The statement with what `connection_auth_desc` shows now kept beside the certificate; as it is where that is not known. */
export function keepAuthentication(statement: string, connectionAuthentication: string | null): string {
  const start = statement.indexOf(clause);
  const end = statement.indexOf(']', start) + 1;
  const parts = (connectionAuthentication ?? '').toUpperCase().split(/,\s?/);
  const windows = parts.find((part) => ['NTLM', 'KERBEROS', 'NEGOTIATE'].includes(part));
  if (start < 0 || end === 0 || windows === undefined) return statement;
  const certificate = statement.slice(start + clause.length, end);
  const isCertificateFirst = parts[0] === 'CERTIFICATE';
  const kept = isCertificateFirst
    ? `CERTIFICATE ${certificate} WINDOWS ${windows}`
    : `WINDOWS ${windows} CERTIFICATE ${certificate}`;
  return `${statement.slice(0, start)}AUTHENTICATION = ${kept}${statement.slice(end)}`;
}
