import type { Pair, PairOptions } from '../../src/simulator/pair.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';

/** A link of the estate, with servers of its own. */
export interface Member {
  /** `Sales` is link DAG_Sales between sql-sales and mi-sales. */
  readonly name: string;
  readonly databases: readonly string[];
  readonly scenario: Scenario;
  /** Databases that the configuration lists; those of the link unless given. */
  readonly expectedDatabases?: readonly string[];
  /** The scenario is this many seconds old when it begins: until then the clocks of its servers are as much behind. */
  readonly aheadSeconds?: number;
  readonly pair?: PairOptions;
  /** What happens besides when the scenario begins. */
  readonly happens?: (pair: Pair) => void | Promise<void>;
}

/** In the tour at this speed, the stage in which the copy falls behind lasts 200 seconds, from the 650th on. */
const slow = 0.1;
const lagBegins = 655;

/** What an estate in trouble looks like: each link is one story of the demo. */
export const members: readonly Member[] = [
  { name: 'Sales', databases: ['Sales', 'SalesArchive'], scenario: 'healthy' },
  { name: 'Billing', databases: ['Billing'], scenario: 'split-brain' },
  {
    name: 'Orders',
    databases: ['Orders', 'OrderHistory'],
    scenario: 'seeding',
    happens: ({ azure }) => azure?.setFault({ kind: 'status', status: 403 }, 'operations'),
  },
  { name: 'Stock', databases: ['Stock'], scenario: 'tour', aheadSeconds: lagBegins, pair: { speed: slow } },
  {
    name: 'Hr',
    databases: ['Hr'],
    expectedDatabases: ['Hr', 'Payroll'],
    scenario: 'seeding-failed',
    happens: ({ managedInstance }) => managedInstance.setFaults({ denied: ['dm_hadr_physical_seeding_stats'] }),
  },
  { name: 'Web', databases: ['Web'], scenario: 'certificate-expiring', pair: { staleImports: ['managedInstance'] } },
  { name: 'Plant', databases: ['Plant'], scenario: 'disconnected', happens: logAnError },
  { name: 'Crm', databases: ['Crm'], scenario: 'suspended' },
  { name: 'Fleet', databases: ['Fleet'], scenario: 'failover-ready' },
  {
    name: 'Depot',
    databases: ['Depot'],
    scenario: 'healthy',
    happens: ({ managedInstance }) => managedInstance.stop(),
  },
  { name: 'Museum', databases: ['Museum'], scenario: 'vanished' },
  { name: 'Ledger', databases: ['Ledger'], scenario: 'log-filling' },
];

/** Whose Azure each exporter reads: one shows an error, the other a first copy and an answer that fails. */
export const azureMembers = { all: 'Hr', shared: 'Orders' };

/** The links that a second exporter polls too. */
export const sharedMembers: readonly string[] = ['Sales', 'Billing', 'Orders'];

/** Two entries, the second of them later: the first one of a number is no increase of its series. */
function logAnError(pair: Pair): void {
  const entries = [1500, 6000].map((later) => ({
    process: 'spid41s',
    number: 35206,
    args: ['AG_Plant_MI', '42'],
    atMilliseconds: pair.now() + later,
  }));
  pair.setWorldOptions({ errorLogs: { sqlServer: { entries } } });
}
