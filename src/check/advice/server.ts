import type { Failure, FailureReason } from '../../model/failure-reason.ts';

const password = 'Check the login and its password at the server.';
const restart = 'It mostly passes by itself; if it stays, look at the server.';

/** What to look at when a server could not be polled, by the reason. `{port}` and `{host}` are the configured ones. */
const adviceByReason: Readonly<Record<FailureReason, string>> = {
  dns: 'Check `host` in the configuration, and the resolver of this machine.',
  refused: 'Is the server running, is {port} its port, and does it listen on TCP? A restart refuses for a while.',
  unreachable:
    'Check routes and firewalls from this machine to {host}:{port}; for a managed instance the virtual network.',
  tls: "Check the server's certificate and encryption against `tls` in the configuration: `ca_file` names the authority that vouches for the certificate, `server_name` the name in it where that is not `host`, `mode` the encryption. docs/authorities.md",
  login: `${password} It may be wrong, locked, disabled or expired, or of a kind that is switched off. It is tried again rarely, so that no account is locked, and at once after a change of the password's file or a reload.`,
  firewall:
    'Let the address or the network of this machine through, at the server: in Azure its firewall and network rules.',
  unavailable: `The server answers and says that it can not serve now: it starts, recovers, fails over, is paused or shuts down. ${restart}`,
  busy: `The server answers and says that it is too busy, or short of something. ${restart}`,
  timeout:
    'Nothing answered in time: a firewall that drops, or a server that is overloaded. Try another client from here.',
  reset: 'The server closed the connection: a restart, a failover, or something between that cuts connections.',
  permission:
    'Grant the login what is missing: VIEW SERVER PERFORMANCE STATE (before SQL Server 2022 VIEW SERVER STATE) and VIEW ANY DEFINITION.',
  missing_object: 'Is this a SQL Server or a managed instance of a version that can carry a link?',
  protocol: 'What answers on {host}:{port} does not speak as SQL Server does. Check host and port.',
  too_large:
    'The server sent more than `limits` in the configuration allow. Raise the limit that is named if the server is that large; else what answers on {host}:{port} is no SQL Server.',
  query:
    'The server refused the query. If its version is supported, this is a defect of this program: please report it.',
  unknown: "The server's own words say what is wrong; look the number up in Microsoft's documentation.",
  secret: 'Check the files that the configuration names for the password or another secret.',
  token:
    'Check `authentication`: its ids, its secret or certificate, and that this machine reaches Entra ID or, for a managed identity, Azure itself.',
  internal: 'This is a defect of this program: please report it.',
};

/** Where an error number says more than its class. */
const adviceByNumber: Readonly<Record<number, string>> = {
  4060: 'The server answers but does not open `master` for the login: it starts or recovers, or the login may not connect there.',
  17892: 'A logon trigger at the server refuses the login: let the login of this program pass it.',
  18452:
    'The server takes no Windows login of this domain. Is the domain right, is it trusted; does a managed instance take Entra ID only?',
  18461:
    'The server is in single-user mode: somebody works on it. This program comes back when it is over; do not let it take the only connection.',
  18470: 'Enable the account at the server: `ALTER LOGIN [<login>] ENABLE;`',
  18486:
    "Unlock the account at the server, `ALTER LOGIN [<login>] WITH PASSWORD = '<password>' UNLOCK;`, and see who locked it.",
  18487: "Give the login another password, or turn its expiry off, and put the password in the configuration's file.",
  18488: "Change the password of the login once, as it demands, and put the new one in the configuration's file.",
  40532:
    'The gateway has no server of this name for the login: `host` must be the full name of the managed instance, not an alias; a network rule can refuse with this number too.',
  40615: 'Add a firewall rule for the address that the message names.',
  40914: 'Add a virtual network rule for the subnet of this machine, or use a private endpoint.',
  47072: 'The server demands a newer version of TLS than this connection had: see its minimal TLS version.',
  47073: 'Public network access is denied: use the address inside the virtual network, or a private endpoint.',
};

const redirected =
  'The gateway answers and sends clients on to {address}: let this machine reach the ports 11000 to 11999 of the subnet of the managed instance, or set its connection type to proxy.';

/** Ways of failing that say something of the address that was tried. */
const ofAddress: ReadonlySet<FailureReason> = new Set(['dns', 'refused', 'unreachable', 'timeout', 'reset']);

/** What to look at after this failure; `{port}` and `{host}` stand for the configured ones. */
export function serverAdvice({ reason, errorNumber, redirectedTo }: Failure): string {
  if (redirectedTo !== undefined && ofAddress.has(reason))
    return redirected.replaceAll('{address}', () => redirectedTo);
  const byNumber = errorNumber === null ? undefined : adviceByNumber[errorNumber];
  return byNumber ?? adviceByReason[reason];
}
