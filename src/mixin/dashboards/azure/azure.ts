import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { azureInstanceState, azureOperationsInProgress } from '../../../metrics/families/azure/instance.ts';
import { azureDatabaseError, azureLinkListed } from '../../../metrics/families/azure/link.ts';
import { azureLastSuccessTimestampSeconds, azureUp } from '../../../metrics/families/azure/reading.ts';
import { dashboardOf, firingAlerts, line } from '../dashboard.ts';
import { certificateSteps, neutral, zeroIsGood } from '../look.ts';
import { type Figure, figurePanels, type UnplacedPanel } from '../panels.ts';
import { byLink, countOrZero, days } from '../queries.ts';
import { chosenInstance, chosenLink, exporterVariables, linkVariables, select } from '../variables.ts';
import {
  azureCertificates,
  azureInstances,
  nextAzureCertificate,
  readings,
  readRates,
  remainingReads,
} from './instances.ts';
import { azureDatabases, azureLinks, replicaStatesOverTime, seedingInAzure } from './links.ts';

/** What Azure says of the links and their instances, where the exporter reads it (section `azure` of its configuration). */
export function azureDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-azure',
    title: 'Azure',
    description:
      'What Azure says of the links and managed instances, beside what the servers say: for where the exporter reads Azure.',
    variables: [...exporterVariables(), ...linkVariables()],
    alerts: firingAlerts(['link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Links as Azure shows them',
        lines: [
          line(4, azureFigures()),
          line(9, [azureDatabases()]),
          line(8, [replicaStatesOverTime(), azureLinks()], [14, 10]),
        ],
      },
      {
        id: 101,
        title: 'Instances',
        lines: [line(8, [azureInstances(), azureCertificates(), seedingInAzure()], [10, 7, 7])],
      },
      {
        id: 102,
        title: 'Reading Azure',
        lines: [line(9, [readings(), readRates(), remainingReads()], [10, 7, 7])],
      },
    ],
  });
}

const listed = select(azureLinkListed, chosenLink);
const errors = select(azureDatabaseError, chosenLink);
const ready = select(azureInstanceState, { ...chosenInstance, state: 'Ready' });
const up = select(azureUp, chosenInstance);
const whenEmpty = 'Azure is not read.';

const figures: readonly Figure[] = [
  {
    title: 'Links listed',
    description: 'Links that Azure lists on an instance.',
    expression: `sum(max ${byLink} (${listed}))`,
    look: neutral,
  },
  {
    title: 'Not listed',
    description:
      'Links that the servers or the configuration know and Azure does not list: being made, just deleted, or of another name.',
    expression: countOrZero(`max ${byLink} (${listed}) == 0`, listed),
    look: zeroIsGood('orange'),
  },
  {
    title: 'Databases in error',
    description:
      'Databases whose replicaState is an error. On a new link one may stand for seconds; the alert waits. What its number means is in docs/errors.md.',
    expression: countOrZero(`max by (link, managed_instance, database) (${errors}) == 1`, errors),
    look: zeroIsGood(),
  },
  {
    title: 'Instances not ready',
    description: 'Managed instances that Azure does not call Ready: stopped, being made or being changed.',
    expression: countOrZero(`max by (subscription, managed_instance) (${ready}) == 0`, ready),
    look: zeroIsGood('orange'),
  },
  {
    title: 'Operations',
    description: 'Operations of Azure on the instances that are under way: they explain what is not ready.',
    expression: `sum(max by (subscription, managed_instance) (${select(azureOperationsInProgress, chosenInstance)}))`,
    look: neutral,
  },
  {
    title: 'Next certificate',
    description: 'Time until the first certificate in the lists of Azure ends. Azure renews its own.',
    expression: nextAzureCertificate,
    unit: days,
    look: certificateSteps,
  },
  {
    title: 'Not readable',
    description: 'What could not be read of Azure when it was last due. Why is in the table below.',
    expression: countOrZero(`max by (subscription, managed_instance, resource) (${up}) == 0`, up),
    look: zeroIsGood('orange'),
  },
  {
    title: 'Oldest links',
    description:
      'How long ago the links of the instance that has waited longest were last read. azure.intervals of the configuration says how often that is to be.',
    expression: `max(time() - max by (subscription, managed_instance) (${select(azureLastSuccessTimestampSeconds, { ...chosenInstance, resource: 'links' })}))`,
    unit: 's',
    look: neutral,
  },
];

/** The figures at the top. */
function azureFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, whenEmpty);
}
