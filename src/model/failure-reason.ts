/**
 * Why a poll or a view failed: a closed set, the same words in logs, in labels and on the status page. SQL Server's error
 * numbers are sorted into them in `model/errors/server-error.ts`.
 *
 * - `dns` the name did not resolve; `refused` nothing listens; `unreachable` no route or no answer to the connection attempt
 * - `tls` handshake or certificate refused; `login` the server refused the login: password, account, kind of login
 * - `firewall` a firewall or network rule of Azure refused the address; `unavailable` the server is there and says that it
 *   can't serve now: starting, recovering, failing over, paused, single user, shutting down; `busy` throttled, out of memory or
 *   workers, deadlock victim
 * - `timeout` a time limit ended the wait; `reset` an established connection broke
 * - `permission` the login may not read it; `missing_object` no such view or column
 * - `protocol` the answer was not valid TDS, or a row did not have the promised types; `too_large` the server sent more
 *   than `limits` allow
 * - `query` the server refused the text of the query; `unknown` it gave an error number that is in no class
 * - `secret` the file of a password or of another secret could not be read
 * - `token` Entra ID, or the machine's own token service, gave no token; `internal` a defect of this program
 */
export const failureReasons = [
  'dns',
  'refused',
  'unreachable',
  'tls',
  'login',
  'firewall',
  'unavailable',
  'busy',
  'timeout',
  'reset',
  'permission',
  'missing_object',
  'protocol',
  'too_large',
  'query',
  'unknown',
  'secret',
  'token',
  'internal',
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** A failure ready for a log line: the reason, a message without secrets, SQL Server's error number where it gave one. */
export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly errorNumber: number | null;
  /** `host:port` to which a gateway had sent the client on when it failed; absent: it failed where the configuration says. */
  readonly redirectedTo?: string;
  /** Of a defect of this program, and of an answer that the driver stumbled over: where, frame by frame, without the message. */
  readonly stack?: string;
}

/** What time does not mend: the same login again is refused again, and may lock the account. */
const forPeople: ReadonlySet<FailureReason> = new Set(['login', 'tls']);

/** Whether only a person can mend it, so that it is rarely tried again. */
export function isForPeople({ reason }: Failure): boolean {
  return forPeople.has(reason);
}
