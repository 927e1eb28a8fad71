import { type Verdict, verdicts } from '../../link/link.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import type { Select } from '../selector.ts';
import type { StateWord } from './panels.ts';

const colors: Readonly<Record<Verdict, string>> = {
  split_brain: 'dark-red',
  missing: 'dark-red',
  unknown: 'text',
  no_primary: 'red',
  primary_unreachable: 'dark-orange',
  seeding_failed: 'red',
  seeding: 'blue',
  disconnected: 'red',
  suspended: 'orange',
  not_healthy: 'red',
  partially_healthy: 'yellow',
  healthy: 'green',
};

/** Verdicts as numbers, worst first: Grafana sorts and colours numbers, and shows them as these words. */
export const verdictWords: readonly StateWord[] = verdicts.map((verdict, index) => ({
  value: index + 1,
  text: verdict.replaceAll('_', ' '),
  color: colors[verdict],
}));

/** The number of each link's verdict. Where two exporters differ, the worst counts, since `or` takes the first. */
export function verdictNumber(select: Select): string {
  return verdicts
    .map((verdict, index) => {
      const selector = select(linkVerdict, { link: { matches: '$link' }, verdict });
      return `(max by (link, managed_instance) (${selector}) == 1) * ${index + 1}`;
    })
    .join('\nor ');
}
