import type { Finding, FindingScope } from '../data/finding.ts';
import { type FindingCode, findingKinds } from './kinds.ts';

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
