/** What a planned failover asks for: a closed set, the values of the label `check`. The first six are of the whole link. */
export const failoverCheckNames = [
  'one_primary',
  'connected',
  'healthy',
  'certificates_valid',
  'version_allows',
  'commit_modes_equal',
  'copy_joined',
  'not_suspended',
  'not_seeding',
  'no_lag',
  'hardened_lsn_equal',
] as const;

export type FailoverCheckName = (typeof failoverCheckNames)[number];

/** One check with its reason in one sentence. `unknown`: a fact that it needs was not seen. */
export interface FailoverCheck {
  readonly check: FailoverCheckName;
  readonly status: 'passed' | 'failed' | 'unknown';
  readonly text: string;
  /** What a failover that is ready would end or take away, for wherever `ready` is said. */
  readonly remark?: string;
}
