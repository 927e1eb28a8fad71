/** What goes wrong inside a simulated server, on purpose; views and procedures by lower-case name without schema. Left out is in order. */
export interface ViewFaults {
  /** Reading or executing them is refused with error 229. */
  readonly denied?: readonly string[];
  /** They do not exist: error 208, or 2812 for a procedure. */
  readonly missing?: readonly string[];
  /** They have no rows. */
  readonly empty?: readonly string[];
  /** Reading them never ends, until it is cancelled. */
  readonly hanging?: readonly string[];
  /** Reading them takes so long. */
  readonly slowMilliseconds?: Readonly<Record<string, number>>;
  /** Every column that may be NULL is. */
  readonly nullColumns?: boolean;
  /** The server-level permissions of every login, in place of what it was granted. */
  readonly permissions?: readonly string[];
}
