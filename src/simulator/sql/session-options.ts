/** What SET leaves behind in a session, as sys.dm_exec_sessions and `@@OPTIONS` show it. */
export interface SessionOptions {
  /** The switches that are on, in upper case. */
  readonly on: Set<string>;
  /** 1 is Monday, 7 is Sunday. */
  dateFirst: number;
  lockTimeoutMilliseconds: number;
  /** What a `(max)` value is cut at; -1 for not at all. */
  textSizeBytes: number;
  /** As sys.dm_exec_sessions numbers them: 1 READ UNCOMMITTED to 5 SNAPSHOT. */
  isolationLevel: number;
  deadlockPriority: number;
}

/** Of `@@OPTIONS` (Microsoft's page "Configure the user options server configuration option"). */
const bits: Readonly<Record<string, number>> = {
  DISABLE_DEF_CNST_CHK: 1,
  IMPLICIT_TRANSACTIONS: 2,
  CURSOR_CLOSE_ON_COMMIT: 4,
  ANSI_WARNINGS: 8,
  ANSI_PADDING: 16,
  ANSI_NULLS: 32,
  ARITHABORT: 64,
  ARITHIGNORE: 128,
  QUOTED_IDENTIFIER: 256,
  NOCOUNT: 512,
  ANSI_NULL_DFLT_ON: 1024,
  ANSI_NULL_DFLT_OFF: 2048,
  CONCAT_NULL_YIELDS_NULL: 4096,
  NUMERIC_ROUNDABORT: 8192,
  XACT_ABORT: 16_384,
};

/** Those of a client that asks for the behaviour of ODBC at login, as all drivers do. */
const onAtLogin = [
  'ANSI_WARNINGS',
  'ANSI_PADDING',
  'ANSI_NULLS',
  'QUOTED_IDENTIFIER',
  'ANSI_NULL_DFLT_ON',
  'CONCAT_NULL_YIELDS_NULL',
];

/** What SET ANSI_DEFAULTS ON turns on. */
export const ansiDefaults: readonly string[] = [
  'ANSI_NULLS',
  'ANSI_NULL_DFLT_ON',
  'ANSI_PADDING',
  'ANSI_WARNINGS',
  'CURSOR_CLOSE_ON_COMMIT',
  'IMPLICIT_TRANSACTIONS',
  'QUOTED_IDENTIFIER',
];

/** The levels of SET TRANSACTION ISOLATION LEVEL, in the order of their numbers from 1. */
export const isolationLevels: readonly string[] = [
  'READ UNCOMMITTED',
  'READ COMMITTED',
  'REPEATABLE READ',
  'SERIALIZABLE',
  'SNAPSHOT',
];

export function optionsAtLogin(): SessionOptions {
  return {
    on: new Set(onAtLogin),
    dateFirst: 7,
    lockTimeoutMilliseconds: -1,
    textSizeBytes: -1,
    isolationLevel: 2,
    deadlockPriority: 0,
  };
}

/** `@@OPTIONS`. */
export function optionBits({ on }: SessionOptions): number {
  return [...on].reduce((sum, name) => sum + (bits[name] ?? 0), 0);
}
