import { nothing } from '../../history/event.ts';
import type { Ledger } from '../../history/ledger.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { LinkReport } from './report.ts';

/** Answers since when a fact of the history has a value. */
export type HeldSince = Ledger['held'];

/** Of a look by itself nobody knows. */
export const unwatched: HeldSince = () => null;

/** Since when the verdict and each finding of a link hold. */
export function heldOf(link: AssessedLink, held: HeldSince): Pick<LinkReport, 'held' | 'findings'> {
  const of = { ...nothing, link: link.name, managedInstance: link.managedInstance };
  return {
    held: held({ ...of, kind: 'verdict', name: '' }, link.verdict),
    findings: link.findings.map((finding) => ({
      ...finding,
      held: held({ ...of, ...finding.scope, kind: 'finding', name: finding.code }, finding.severity),
    })),
  };
}
