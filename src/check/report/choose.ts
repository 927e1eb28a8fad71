import { worstOf } from '../../link/severity.ts';
import type { CheckReport, LinkReport } from './report.ts';

/** Whether a link is meant by a name: its own, or `NAME/MANAGED_INSTANCE`. As SQL Server compares names: without case. */
export function isNamed(
  { name, managedInstance }: Pick<LinkReport, 'name' | 'managedInstance'>,
  given: string,
): boolean {
  const wanted = given.toLowerCase();
  return wanted === name.toLowerCase() || wanted === `${name}/${managedInstance}`.toLowerCase();
}

/** The report of these links only; of all where none is named. Null: a name is no link's. */
export function chosenReport(report: CheckReport, names: readonly string[]): CheckReport | null {
  if (names.length === 0) return report;
  const isKnown = names.every((name) => report.links.some((link) => isNamed(link, name)));
  if (!isKnown) return null;
  const links = report.links.filter((link) => names.some((name) => isNamed(link, name)));
  return { ...report, links, severity: worstOf(links.map(({ severity }) => severity)) };
}
