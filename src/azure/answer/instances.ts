import type { AzureInstance, AzureOperation } from '../../model/azure/instance.ts';
import { type Fields, fieldsIn, itemsIn, numberIn, type Parsed, textIn, timestampIn, truthIn } from './fields.ts';

/** Azure counts a gigabyte of storage as 2^30 bytes. */
const bytesOfGigabyte = 1024 ** 3;

export function parseInstance(item: Fields): Parsed<AzureInstance> {
  const properties = fieldsIn(item, 'properties');
  const name = textIn(item, 'name')?.split('/').at(-1)?.toLowerCase() ?? '';
  if (name === '') return { value: null, oddity: 'a managed instance without a name' };
  const sizeGigabytes = numberIn(properties, 'storageSizeInGB');
  return {
    value: {
      name,
      resourceGroup: resourceGroupOf(textIn(item, 'id')),
      state: textIn(properties, 'state'),
      provisioningState: textIn(properties, 'provisioningState'),
      domainName: textIn(properties, 'fullyQualifiedDomainName')?.toLowerCase() ?? null,
      databaseFormat: textIn(properties, 'databaseFormat'),
      tier: textIn(fieldsIn(item, 'sku'), 'tier'),
      vCores: positive(numberIn(properties, 'vCores')),
      storageSizeBytes: positive(sizeGigabytes === null ? null : sizeGigabytes * bytesOfGigabyte),
      location: textIn(item, 'location'),
      hasPublicEndpoint: truthIn(properties, 'publicDataEndpointEnabled'),
      isNextGeneration: truthIn(properties, 'isGeneralPurposeV2'),
    },
    oddity: null,
  };
}

function positive(value: number | null): number | null {
  return value === null || value <= 0 ? null : value;
}

/** Ids are spelled in any case. */
function resourceGroupOf(id: string | null): string | null {
  const parts = (id ?? '').split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === 'resourcegroups');
  return at < 0 ? null : parts[at + 1] || null;
}

export function parseOperation(item: Fields): Parsed<AzureOperation> {
  const properties = fieldsIn(item, 'properties');
  const percent = numberIn(properties, 'percentComplete');
  return {
    value: {
      operation: textIn(properties, 'operation'),
      friendlyName: textIn(properties, 'operationFriendlyName'),
      state: textIn(properties, 'state'),
      progress: percent === null || percent < 0 || percent > 100 ? null : percent / 100,
      startTimestampSeconds: timestampIn(properties, 'startTime'),
      estimatedCompletionTimestampSeconds: timestampIn(properties, 'estimatedCompletionTime'),
      step: stepOf(fieldsIn(properties, 'operationSteps')),
    },
    oddity: null,
  };
}

/** The step under way; the one of `currentStep` where none says so. */
function stepOf(steps: Fields): string | null {
  const list = itemsIn(steps, 'stepsList');
  const current = numberIn(steps, 'currentStep');
  const running = list.find((step) => textIn(step, 'status')?.toLowerCase() === 'inprogress');
  const step = running ?? list.find((each) => current !== null && numberIn(each, 'order') === current);
  return step === undefined ? null : textIn(step, 'name');
}
