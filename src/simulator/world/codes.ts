import type { Row } from '../row.ts';

/** The documented texts of a code, by code. */
export const texts = {
  role: ['RESOLVING', 'PRIMARY', 'SECONDARY'],
  operational_state: ['PENDING_FAILOVER', 'PENDING', 'ONLINE', 'OFFLINE', 'FAILED', 'FAILED_NO_QUORUM'],
  connected_state: ['DISCONNECTED', 'CONNECTED'],
  recovery_health: ['ONLINE_IN_PROGRESS', 'ONLINE'],
  synchronization_health: ['NOT_HEALTHY', 'PARTIALLY_HEALTHY', 'HEALTHY'],
  synchronization_state: ['NOT SYNCHRONIZING', 'SYNCHRONIZING', 'SYNCHRONIZED', 'REVERTING', 'INITIALIZING'],
  database_state: ['ONLINE', 'RESTORING', 'RECOVERING', 'RECOVERY_PENDING', 'SUSPECT', 'EMERGENCY', 'OFFLINE'],
  suspend_reason: [
    'SUSPEND_FROM_USER',
    'SUSPEND_FROM_PARTNER',
    'SUSPEND_FROM_REDO',
    'SUSPEND_FROM_CAPTURE',
    'SUSPEND_FROM_APPLY',
    'SUSPEND_FROM_RESTART',
    'SUSPEND_FROM_UNDO',
    'SUSPEND_FROM_REVALIDATION',
    'SUSPEND_FROM_XRF_UPDATE',
  ],
  availability_mode: ['ASYNCHRONOUS_COMMIT', 'SYNCHRONOUS_COMMIT'],
  failover_mode: ['AUTOMATIC', 'MANUAL'],
  seeding_mode: ['AUTOMATIC', 'MANUAL'],
  cluster_type: ['WSFC', 'EXTERNAL', 'NONE'],
  automated_backup_preference: ['PRIMARY', 'SECONDARY_ONLY', 'SECONDARY', 'NONE'],
  join_state: ['NOT_JOINED', 'JOINED_STANDALONE', 'JOINED_FCI'],
  endpoint_state: ['STARTED', 'STOPPED', 'DISABLED'],
  encryption_algorithm: [
    'NONE',
    'RC4',
    'AES',
    'NONE, RC4',
    'NONE, AES',
    'RC4, AES',
    'AES, RC4',
    'NONE, RC4, AES',
    'NONE, AES, RC4',
  ],
  // No endpoint is without one: the page's numbers begin with 1.
  connection_auth: [
    '',
    'NTLM',
    'KERBEROS',
    'NEGOTIATE',
    'CERTIFICATE',
    'NTLM, CERTIFICATE',
    'KERBEROS, CERTIFICATE',
    'NEGOTIATE, CERTIFICATE',
    'CERTIFICATE, NTLM',
    'CERTIFICATE, KERBEROS',
    'CERTIFICATE, NEGOTIATE',
  ],
} as const satisfies Record<string, readonly string[]>;

type CodeName = keyof typeof texts;
/** One of the documented texts of a code, as `role_desc` shows it. */
export type TextOf<Name extends CodeName> = (typeof texts)[Name][number];
/** How an endpoint lets its partner in. */
export type EndpointAuthentication = Exclude<TextOf<'connection_auth'>, ''>;
/** What an endpoint encrypts with, the preferred algorithm first. */
export type EndpointEncryption = TextOf<'encryption_algorithm'>;

/**
 * The two columns of a code: its number and its text, NULL both when the text is null.
 * `column` is the code's column where it is named otherwise than the list of texts.
 */
export function coded<Name extends CodeName>(name: Name, text: TextOf<Name> | null, column: string = name): Row {
  const known: readonly string[] = texts[name];
  return { [column]: text === null ? null : known.indexOf(text), [`${column}_desc`]: text };
}
