import { certificateStartTimestampSeconds } from '../../metrics/families/certificate.ts';
import {
  replicaLastConnectErrorTimestampSeconds,
  replicaRole,
  replicaRoleChangedTimestampSeconds,
} from '../../metrics/families/replica.ts';
import { seedingStartTimestampSeconds } from '../../metrics/families/seeding.ts';
import type { UnplacedPanel } from './frame.ts';
import { age } from './limits.ts';
import { tablePanel } from './table-panel.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

const chosen = { ...chosenLink, ...chosenServer };
const latest = 20;
/** What was before is no news: a root of the link became valid years ago. */
const daysBack = 30;

/** Puts words made of a label into the label `change`. */
function told(words: string, label: string, expression: string): string {
  return `label_replace(${expression}, "change", "${words}", "${label}", "(.+)")`;
}

const times: readonly string[] = [
  told(
    'became $1',
    'role',
    `max by (server, link, managed_instance, role) (${select(replicaRoleChangedTimestampSeconds, chosen)})`,
  ),
  told(
    'connection failed of error $1',
    'error',
    `max by (server, link, managed_instance, error) (${select(replicaLastConnectErrorTimestampSeconds, chosen)})`,
  ),
  told(
    'first copy of $1 began',
    'database',
    `max by (server, link, managed_instance, database) (${select(seedingStartTimestampSeconds, chosen)})`,
  ),
  // Certificates are of servers: told of those that are ends of the chosen links, by whichever of these.
  told(
    'certificate $1 begins',
    'certificate',
    `max by (server, certificate) (${select(certificateStartTimestampSeconds, chosenServer)})\n  and on (server) ${select(replicaRole, chosen)}`,
  ),
];

/** What the metrics tell of the past, the latest first; `id` as the dashboard has it. */
export function whatChanged(id: number): UnplacedPanel {
  const since = `time() - (${times.join('\nor ')}) < ${daysBack} * 86400`;
  return tablePanel(
    {
      id,
      title: `What changed, the latest ${latest}`,
      description: `Changes of role, failures of connections, first copies that began and certificates that became valid within ${daysBack} days, by the clock of whoever says it. \`milink-exporter check --history\` and the page of the link tell the rest of the timeline.`,
      unit: 'none',
      queries: [{ expression: `bottomk(${latest}, ${since})`, legend: '{{change}}' }],
      whenEmpty: `Nothing is known to have changed within ${daysBack} days.`,
    },
    {
      columns: [
        { title: 'Ago', from: { query: 'A' }, unit: age, widthPixels: 120 },
        { title: 'Server', from: { label: 'server' }, widthPixels: 130 },
        { title: 'What', from: { label: 'change' } },
        { title: 'Link', from: { label: 'link' }, widthPixels: 130 },
        { title: 'Managed instance', from: { label: 'managed_instance' }, widthPixels: 130 },
      ],
      sortBy: 'Ago',
    },
  );
}
