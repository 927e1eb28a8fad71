import { type AzureIdentity, azureClouds, isAzureIdentity } from '../authentication/authentication.ts';
import { readAuthentication } from '../authentication/read.ts';
import { readAuthorities } from '../file/pem.ts';
import { parseDuration } from '../value/duration.ts';
import { type Context, itemsOf, type Located, type Mapping, readMapping } from '../value/mapping.ts';
import type { Report } from '../value/problem.ts';
import { show } from '../value/wording.ts';
import {
  type AzureConfig,
  type AzureInstanceName,
  type AzureIntervals,
  type AzureSubscription,
  azureInstanceSchema,
  azureIntervalsSchema,
  azureSchema,
  azureSubscriptionSchema,
  defaultIntervals,
} from './azure.ts';

const timeoutMilliseconds = { least: 1000, most: 300_000 };
const intervalMilliseconds = { least: 5000, most: 86_400_000 };

/** Reads `azure`; null where it is absent or reported. */
export async function readAzure(at: Located | null, context: Context): Promise<AzureConfig | null> {
  if (at === null) return null;
  const { report } = context;
  const azure = readMapping(azureSchema, at, report);
  const { cloud, resource_manager: given, api_version: apiVersion } = azure.values;
  const ca = await readAuthorities(azure.given('ca_file'), context);
  const resourceManager = given === null ? null : new URL(given).origin;
  const known = azureClouds[cloud ?? 'public'].resourceManager;
  return {
    authentication: await readIdentity(azure.given('authentication'), { ...context, resourceManager: { cloud, ca } }),
    resourceManager: resourceManager ?? known,
    apiVersion,
    ca,
    timeoutSeconds: readTimeout(azure, report),
    intervals: readIntervals(azure.given('intervals'), report),
    subscriptions: readSubscriptions(azure, report),
  };
}

/** Stands in the place of one that was reported; the configuration is refused then. */
const none: AzureIdentity = {
  type: 'managed_identity',
  clientId: null,
  cloud: { authorityHost: '', scope: '', isPublicAuthority: true },
};

async function readIdentity(at: Located | null, context: Context): Promise<AzureIdentity> {
  if (at === null) return none;
  const authentication = await readAuthentication(at, context);
  if (isAzureIdentity(authentication)) return authentication;
  const type = at.node.kind === 'mapping' ? at.node.entries.find(({ key }) => key === 'type') : undefined;
  if (type?.value.kind === 'scalar' && (type.value.value === 'sql_login' || type.value.value === 'windows')) {
    const message = `Azure takes no ${type.value.value}: use managed_identity, service_principal, workload_identity or azure_default`;
    context.report(`${at.path}.type`, type.line, message);
  }
  return none;
}

function readTimeout(azure: Mapping<{ timeout: string }>, report: Report): number {
  const milliseconds = parseDuration(azure.values.timeout) ?? 0;
  const given = azure.given('timeout');
  if (given !== null && (milliseconds < timeoutMilliseconds.least || milliseconds > timeoutMilliseconds.most)) {
    report(given.path, given.line, `${azure.values.timeout} is out of range: use 1s to 5m`);
  }
  return milliseconds / 1000;
}

function readIntervals(at: Located | null, report: Report): AzureIntervals {
  if (at === null) return defaultIntervals;
  const intervals = readMapping(azureIntervalsSchema, at, report);
  const secondsOf = (key: 'links' | 'instances' | 'certificates'): number => {
    const milliseconds = parseDuration(intervals.values[key]) ?? 0;
    const given = intervals.given(key);
    if (given !== null && (milliseconds < intervalMilliseconds.least || milliseconds > intervalMilliseconds.most)) {
      report(given.path, given.line, `${intervals.values[key]} is out of range: use 5s to 1d`);
    }
    return milliseconds / 1000;
  };
  return {
    linksSeconds: secondsOf('links'),
    instancesSeconds: secondsOf('instances'),
    certificatesSeconds: secondsOf('certificates'),
  };
}

function readSubscriptions(azure: Mapping<{ subscriptions: null }>, report: Report): AzureSubscription[] {
  const firstPaths = new Map<string, string>();
  const names = new Map<string, string>();
  return itemsOf(azure, 'subscriptions').map((at) => {
    const subscription = readMapping(azureSubscriptionSchema, at, report);
    const id = (subscription.values.id ?? '').toLowerCase();
    const idAt = subscription.given('id');
    const first = firstPaths.get(id);
    if (idAt !== null && first !== undefined) {
      report(idAt.path, idAt.line, `the same subscription as ${first}: list each one once`);
    } else if (idAt !== null) firstPaths.set(id, subscription.path);
    const isListed = subscription.given('managed_instances') !== null || subscription.reported('managed_instances');
    return {
      id,
      name: subscription.values.name ?? id,
      managedInstances: isListed ? readInstances(subscription, names, report) : null,
    };
  });
}

/** A managed instance's name is the first part of a host name below a zone: one of the same name would be taken for it. */
function readInstances(
  subscription: Mapping<{ managed_instances: null }>,
  firstPaths: Map<string, string>,
  report: Report,
): AzureInstanceName[] {
  return itemsOf(subscription, 'managed_instances').map((at) => {
    const instance = readMapping(azureInstanceSchema, at, report);
    const name = (instance.values.name ?? '').toLowerCase();
    const nameAt = instance.given('name');
    const first = firstPaths.get(name);
    if (nameAt !== null && first !== undefined) {
      report(nameAt.path, nameAt.line, `${show(name)} is already ${first}: list each managed instance once`);
    } else if (nameAt !== null) firstPaths.set(name, instance.path);
    return { resourceGroup: instance.values.resource_group ?? '', name };
  });
}
