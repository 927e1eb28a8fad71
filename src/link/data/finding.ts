import type { FindingCode } from '../findings/kinds.ts';
import type { FindingSeverity } from './verdict.ts';

/** What a finding is about, besides its link. All null: the link as a whole. */
export interface FindingScope {
  /** `name` of the server in the configuration: the end that it is about. */
  readonly server: string | null;
  readonly database: string | null;
  readonly certificate: string | null;
}

/** One thing that is wrong with a link, or worth knowing, judged for itself. Plain data. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  readonly scope: FindingScope;
  /** One or more sentences that name the ends. */
  readonly text: string;
  /** Since when it holds, Unix seconds, where the servers say so or a poll first saw it; null where that is not known. */
  readonly sinceTimestampSeconds: number | null;
}
