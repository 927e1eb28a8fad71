/**
 * Why something could not be read of Azure: a closed set, the same words in logs, labels and on the pages.
 *
 * - `throttled` 429: Azure Resource Manager, or the service behind it, wants fewer requests for a while
 * - `unauthorized` the token was refused, a new one as well; `token` Entra ID gave none
 * - `forbidden` the identity may not; `not_found` no such subscription, group or instance, or none that it may see
 * - `refused` Azure answers that it does not understand: mostly a version of the interface that this region has not
 * - `unavailable` Azure answers that it can't now (5xx)
 * - `timeout` no whole answer in time; `network` no connection: name, route, proxy, TLS
 * - `bad_answer` something else than Azure answered, or too much; `internal` a defect of this program
 */
export const azureFailureReasons = [
  'throttled',
  'unauthorized',
  'token',
  'forbidden',
  'not_found',
  'refused',
  'unavailable',
  'timeout',
  'network',
  'bad_answer',
  'internal',
] as const;

export type AzureFailureReason = (typeof azureFailureReasons)[number];

/** A failure ready for people: never a token, nor a signed address. */
export interface AzureFailure {
  readonly reason: AzureFailureReason;
  readonly message: string;
  /** HTTP; null where there was no answer. */
  readonly status: number | null;
  /** Azure's word for it, as `AuthorizationFailed`. */
  readonly code: string | null;
  /** The right that is missing, as `Microsoft.Sql/managedInstances/read`. */
  readonly action: string | null;
  /** What Microsoft's support asks for. */
  readonly requestId: string | null;
}
