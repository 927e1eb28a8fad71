/**
 * Where statements are to be run. `primary` and `secondary` go by the role that an end has now; `each_end` is both.
 * `teller` is the server that reported what the step is about.
 */
export type Place = 'sql_server' | 'managed_instance' | 'primary' | 'secondary' | 'each_end' | 'teller';

/**
 * One step of a procedure, as data: for `check` with the names of the link, for a runbook without. In the text
 * `{sql_server}`, `{managed_instance}`, `{primary}` and `{secondary}` stand for the ends, and `{link}` for the link.
 */
export interface AdviceStep {
  /** Imperative sentences. */
  readonly text: string;
  /** T-SQL of Microsoft's procedure; a statement with `[database]` is meant for each database. `<...>` is for a person. */
  readonly sql?: readonly string[];
  readonly at?: Place;
}

export const lookAgain: AdviceStep = { text: 'Run `milink-exporter check` again, or leave it running with --watch.' };

/** SQL Server 2022 CU13 and newer; facts in Microsoft's failover article. */
export const plannedFailover: AdviceStep = {
  text: 'If the other end should be primary again: once the link is healthy and without lag, fail over as planned, at the end that is primary then. Before SQL Server 2022 CU13 use SSMS or PowerShell.',
  sql: ['ALTER AVAILABILITY GROUP [link] FAILOVER;'],
};
