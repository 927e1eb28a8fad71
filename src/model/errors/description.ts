/**
 * Where an error number can be read. `last_connect_error`: sys.dm_hadr_availability_replica_states; `automatic_seeding`:
 * error_code of sys.dm_hadr_automatic_seeding; `physical_seeding`: failure_code of sys.dm_hadr_physical_seeding_stats;
 * `azure_resource_manager`: mostRecentLinkError of the link; `statement`: the answer to a T-SQL statement.
 */
export const errorSources = [
  'last_connect_error',
  'automatic_seeding',
  'physical_seeding',
  'error_log',
  'azure_resource_manager',
  'statement',
] as const;

export type ErrorSource = (typeof errorSources)[number];

/**
 * How much an error matters to a link, in our own judgement: `critical` stops a link until somebody acts,
 * `warning` may pass or stops only one operation, `info` is the trace of something normal.
 */
export const errorSeverities = ['critical', 'warning', 'info'] as const;

export type ErrorSeverity = (typeof errorSeverities)[number];

/** The end of a link where an error is met. `either`: the end that is asked, whichever that is. */
export const errorEnds = ['sql_server', 'managed_instance', 'primary', 'secondary', 'either'] as const;

export type ErrorEnd = (typeof errorEnds)[number];

/**
 * What an error means for a link. Texts are sentences of our own; T-SQL, commands and names of objects
 * stand between backticks, and `[link]`, `[group]`, `[database]`, `[endpoint]` in them stand for the names to fill in.
 */
export interface ErrorExplanation {
  /** snake_case, short and stable: fit for a label or a JSON key. */
  readonly name: string;
  readonly severity: ErrorSeverity;
  /** One sentence. */
  readonly meaning: string;
  readonly likelyCauses: readonly string[];
  /** Imperative steps, in the order in which to take them. */
  readonly whatToDo: readonly string[];
  readonly seenIn: readonly ErrorSource[];
  /** Where it is met; absent where the message alone does not tell. */
  readonly end?: ErrorEnd;
  /** What of this entry rests on no source, in a sentence. */
  readonly unverified?: string;
}

/** An error with a number of SQL Server. */
export interface SqlErrorDescription extends ErrorExplanation {
  readonly number: number;
  /** The number is the link's own; the others are those of availability groups, endpoints and databases in general. */
  readonly isLinkError: boolean;
  /** The server says that it tries again by itself. */
  readonly transient?: boolean;
  /** It is as often about something else: it is explained, and an entry of the error log is not counted as one of a link. */
  readonly isAlsoOfOthers?: boolean;
}

/** An error of a tool, without a number. */
export interface MessageDescription extends ErrorExplanation {
  /** The words by which it is known. */
  readonly text: string;
}
