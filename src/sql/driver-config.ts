import type sql from 'mssql';
import type { ServerConfig } from '../config/config.ts';
import type { ConnectOptions, Credentials } from './connection.ts';

/** The driver's own time limits are a second line only: the signal of the poll ends a wait first. */
const driverTimeoutMilliseconds = 1_200_000;

/** Days: the connection stays open between polls. */
const idleTimeoutMilliseconds = 600_000_000;

/** What the driver is told of a server whose port is known. */
export function driverConfig(
  { host, port, tls }: ServerConfig,
  { credentials, applicationName = 'milink-exporter' }: Pick<ConnectOptions, 'credentials' | 'applicationName'>,
): sql.config {
  return {
    server: host,
    ...(port === null ? {} : { port }),
    // mssql's types know two of the driver's kinds only.
    authentication: authenticationOf(credentials) as sql.config['authentication'],
    // Never the linked database: on a secondary it may refuse the login or let it wait.
    database: 'master',
    connectionTimeout: driverTimeoutMilliseconds,
    requestTimeout: driverTimeoutMilliseconds,
    // The pool would send SELECT 1 before every batch.
    validateConnection: false,
    pool: { max: 1, min: 0, idleTimeoutMillis: idleTimeoutMilliseconds },
    options: {
      appName: applicationName,
      // mssql's types lag behind: tedious takes 'strict' for TDS 8.
      encrypt: (tls.mode === 'strict' ? 'strict' : tls.mode === 'encrypt') as boolean,
      trustServerCertificate: tls.trustServerCertificate,
      ...(tls.serverName === null ? {} : { serverName: tls.serverName }),
      ...(tls.ca === null ? {} : { cryptoCredentialsDetails: { ca: tls.ca, minVersion: 'TLSv1.2' } }),
      // Another replica would answer instead.
      readOnlyIntent: false,
      maxRetriesOnTransientErrors: 0,
      useUTC: true,
      enableArithAbort: true,
    },
  };
}

/**
 * As tedious names the ways to log in (lib/connection.js). A token goes inside the login itself: the other way lets the
 * server name the authority and the audience, which whoever is in its place could then choose.
 */
function authenticationOf(credentials: Credentials): { readonly type: string; readonly options: object } {
  switch (credentials.type) {
    case 'sql_login':
      return { type: 'default', options: { userName: credentials.username, password: credentials.password } };
    case 'windows': {
      const { domain, username: userName, password } = credentials;
      return { type: 'ntlm', options: { domain, userName, password } };
    }
    case 'token':
      return { type: 'azure-active-directory-access-token', options: { token: credentials.token } };
  }
}
