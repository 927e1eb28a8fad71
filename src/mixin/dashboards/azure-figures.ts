import { azureInstanceState, azureOperationsInProgress } from '../../metrics/families/azure/instance.ts';
import { azureDatabaseError, azureLinkListed } from '../../metrics/families/azure/link.ts';
import { azureLastSuccessTimestampSeconds, azureUp } from '../../metrics/families/azure/reading.ts';
import { nextAzureCertificate } from './azure-instances.ts';
import { days } from './certificate-queries.ts';
import { type Figure, figurePanels } from './figures.ts';
import type { UnplacedPanel } from './frame.ts';
import { certificateSteps } from './limits.ts';
import { neutral, zeroIsGood } from './look.ts';
import { byLink, countOrZero } from './promql.ts';
import { chosenInstance, chosenLink, select } from './variables.ts';

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
export function azureFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, whenEmpty);
}
