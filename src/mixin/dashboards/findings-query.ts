import { linkFinding } from '../../metrics/families/link.ts';
import type { StateWord } from './look.ts';
import type { Column } from './table-panel.ts';
import { chosenLink, select } from './variables.ts';

const labels = ['link', 'managed_instance', 'finding', 'server', 'database'];

/** Each finding once, however many exporters see it; its value is how bad it is. */
export function findingsBySeverity(): string {
  const of = (severity: string): string =>
    `group by (${labels.join(', ')}) (${select(linkFinding, { ...chosenLink, severity })})`;
  return [`3 * ${of('critical')}`, `2 * ${of('warning')}`, of('info')].join('\nor ');
}

const severityWords: readonly StateWord[] = [
  { value: 3, text: 'critical', color: 'red' },
  { value: 2, text: 'warning', color: 'orange' },
  { value: 1, text: 'info', color: 'blue' },
];

/** How bad a finding is: the column to sort by, largest first. */
export const severityColumn: Column = {
  title: 'Severity',
  from: { query: 'A' },
  look: severityWords,
  widthPixels: 90,
};
