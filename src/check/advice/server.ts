import type { FailureReason } from '../../model/failure-reason.ts';

/** What to look at when a server could not be polled, by the reason. `{port}` and `{host}` are the configured ones. */
export const serverAdvice: Readonly<Record<FailureReason, string>> = {
  dns: 'Check `host` in the configuration, and the resolver of this machine.',
  refused: 'Is the server running, is {port} its port, and does it listen on TCP? A restart refuses for a while.',
  unreachable:
    'Check routes and firewalls from this machine to {host}:{port}; for a managed instance the virtual network.',
  tls: "Check the server's certificate against `tls` in the configuration: `ca_file`, `server_name`.",
  login: 'Check the login and its password: locked, disabled, or SQL authentication switched off at the server.',
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
  secret: 'Check the files that the configuration names for the password or another secret.',
  token:
    'Check `authentication`: its ids, its secret or certificate, and that this machine reaches Entra ID or, for a managed identity, Azure itself.',
  internal: 'This is a defect of this program: please report it.',
};
