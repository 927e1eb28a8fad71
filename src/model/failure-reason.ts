/**
 * Why a poll or a view failed: a closed set, the same words in logs, in labels and on the status page.
 *
 * - `dns` the name did not resolve; `refused` nothing listens; `unreachable` no route or no answer to the connection attempt
 * - `tls` handshake or certificate refused; `login` the server refused the login or its database (18456, 4060, 18452, ...)
 * - `timeout` the poll's time limit ended the wait; `reset` an established connection broke
 * - `permission` 229, 230, 262, 297, 300, 15003, 15247, 27219 (sp_readerrorlog); `missing_object` 207, 208, 2812
 * - `protocol` the answer was not valid TDS, or a row did not have the promised types; `too_large` the server sent
 *   more than `limits` allow; `query` any other SQL error
 * - `secret` the file of a password or of another secret could not be read
 * - `token` Entra ID, or the machine's own token service, gave no token; `internal` a defect of this program
 */
export const failureReasons = [
  'dns',
  'refused',
  'unreachable',
  'tls',
  'login',
  'timeout',
  'reset',
  'permission',
  'missing_object',
  'protocol',
  'too_large',
  'query',
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
}
