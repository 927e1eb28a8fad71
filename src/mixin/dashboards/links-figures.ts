import { databaseSecondaryLagSeconds } from '../../metrics/families/database.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { lastSuccessTimestampSeconds, up } from '../../metrics/families/polling.ts';
import { seedingDatabaseSizeBytes } from '../../metrics/families/seeding.ts';
import { firstCertificateEndsIn } from './certificate-queries.ts';
import { statPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import { ageSteps, certificateSteps, lagSteps } from './limits.ts';
import { neutral, type Step, zeroIsGood } from './look.ts';
import { byLink, countOrZero } from './promql.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

interface Figure {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly expression: string;
  readonly unit?: string;
  readonly steps: readonly Step[];
  readonly whenEmpty?: string;
}

const verdict = (name?: 'split_brain' | 'healthy'): string =>
  select(linkVerdict, { ...chosenLink, ...(name === undefined ? {} : { verdict: name }) });

const figures: readonly Figure[] = [
  {
    id: 1,
    title: 'Links',
    description: 'How many links the exporters watch. Fewer than you know of: see the servers that are not polled.',
    expression: `count(group ${byLink} (${verdict()}))`,
    steps: neutral,
  },
  {
    id: 2,
    title: 'Not healthy',
    description: 'Links whose verdict is another than healthy, seeding ones included. The table below says which.',
    expression: countOrZero(`min ${byLink} (${verdict('healthy')}) == 0`, verdict()),
    steps: zeroIsGood(),
  },
  {
    id: 3,
    title: 'Split brain',
    description:
      'Links with the role PRIMARY at both ends: both take writes. Stop the workload at one end now and follow the runbook MilinkLinkSplitBrain.',
    expression: countOrZero(`max ${byLink} (${verdict('split_brain')}) == 1`, verdict()),
    steps: zeroIsGood('dark-red'),
  },
  {
    id: 4,
    title: 'Not polled',
    description:
      'Servers that no exporter can poll: their ends of the links are not seen. The reason is in the dashboard Exporter.',
    expression: countOrZero(`max by (server) (${select(up, chosenServer)}) == 0`, select(up, chosenServer)),
    steps: zeroIsGood(),
    whenEmpty: 'No server.',
  },
  {
    id: 5,
    title: 'Highest lag',
    description:
      'How far the database that is furthest behind is behind its primary. A suspended or disconnected one has no lag that the server knows.',
    expression: `max(${select(databaseSecondaryLagSeconds, { ...chosenLink, ...chosenServer })})`,
    unit: 's',
    steps: lagSteps,
    whenEmpty: 'Not known.',
  },
  {
    id: 6,
    title: 'Seeding',
    description:
      'Databases that are being copied for the first time now. How far they are is in the dashboard Seeding.',
    expression: countOrZero(
      `group by (link, managed_instance, database) (${select(seedingDatabaseSizeBytes, chosenLink)})`,
      verdict(),
    ),
    steps: neutral,
  },
  {
    id: 7,
    title: 'Next certificate',
    description:
      "Time until the first certificate ends, of SQL Server's own and the imported roots. Azure renews those of the managed instance. Renew it well before: the runbook is MilinkCertificateExpiring.",
    expression: firstCertificateEndsIn,
    unit: 's',
    steps: certificateSteps,
    whenEmpty: 'None seen.',
  },
  {
    id: 8,
    title: 'Oldest data',
    description:
      'How long ago the server that has waited longest was last read. More than a few poll intervals: that server is slow or in trouble.',
    expression: `max(time() - max by (server) (${select(lastSuccessTimestampSeconds, chosenServer)}))`,
    unit: 's',
    steps: ageSteps,
    whenEmpty: 'Never read.',
  },
];

/** The figures at the top, one each. */
export function estateFigures(): readonly UnplacedPanel[] {
  return figures.map(({ expression, unit = 'short', steps, whenEmpty = 'No link.', ...rest }) =>
    statPanel({ ...rest, unit, whenEmpty, queries: [{ expression, legend: rest.title }] }, steps),
  );
}
