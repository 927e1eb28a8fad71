import type { FindingCode } from '../../../link/findings/kinds.ts';
import type { DashboardLink } from '../../dashboard-link.ts';
import type { Key } from '../../evidence/watch.ts';
import type { Duration } from '../../rules.ts';

/** Alerts that are a kind of finding each, of the same severity, about the same thing. */
export interface FindingAlert {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly findings: readonly [FindingCode, ...FindingCode[]];
  /** What only says in other words, of the same link, what these say: told as those where they hold at the end that is secondary. */
  readonly echo?: { readonly of: FindingCode; readonly words: readonly [FindingCode, ...FindingCode[]] };
  readonly keys: readonly Key[];
  readonly wait: Duration;
  readonly why: string;
  readonly summary: string;
  readonly description: string;
  readonly dashboard: DashboardLink;
}

/** The dashboard that shows the link, with further labels of the alert. */
export function linkDashboard(...labels: readonly ('database' | 'server')[]): DashboardLink {
  return { uid: 'milink-link', labels: ['link', 'managed_instance', ...labels] };
}

/** The end that the alert is about, in a description. */
export const endText = '{{ with $labels.server }}{{ . }}{{ else }}an end{{ end }}';
