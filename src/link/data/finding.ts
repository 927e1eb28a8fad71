import { type FindingCode, findingKinds } from '../findings/kinds.ts';
import type { FindingSeverity } from './verdict.ts';

/** What a finding is about, besides its link. All null: the link as a whole. */
interface FindingScope {
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

interface Details extends Partial<FindingScope> {
  readonly text: string;
  readonly since?: number | null;
}

/** A finding of this kind; what it is not about is null. */
export function finding(code: FindingCode, { text, since = null, ...scope }: Details): Finding {
  return {
    code,
    severity: findingKinds[code].severity,
    scope: {
      server: scope.server ?? null,
      database: scope.database ?? null,
      certificate: scope.certificate ?? null,
    },
    text,
    sinceTimestampSeconds: since,
  };
}

/** Each finding once: two rules that say the same of the same thing are one finding. */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const each of findings) {
    const key = JSON.stringify([each.code, each.scope, each.text]);
    if (!kept.has(key)) kept.set(key, each);
  }
  return [...kept.values()];
}
