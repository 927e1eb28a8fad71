import { stringify } from 'yaml';
import { azureIntervalsSchema, azureSchema } from '../azure/azure.ts';
import type { Config } from '../config.ts';
import { defaultLimits, limitKeys } from '../limits.ts';
import { errorLogSchema, historySchema, objectivesSchema, serverSchema, tlsSchema, topSchema } from '../schema.ts';
import { formatDuration } from '../value/duration.ts';
import type { Item } from '../value/item.ts';
import type { YamlMapping, YamlNode } from './yaml-tree.ts';

type Entries = Readonly<Record<string, unknown>>;

/**
 * The configuration in force as YAML that could be loaded again: aliases followed, defaults filled in, without the servers and
 * links of other shards. It holds no secret, since the file itself can't: it names files and environment variables, as here.
 */
export function configText(root: YamlMapping, config: Config): string {
  const { servers, links = [], limits = {}, azure, history, test_network: logins, ...top } = plainMapping(root);
  const own = new Set(config.servers.map(({ name }) => name));
  const ownLinks = new Set(config.links.map(({ name, managedInstance }) => linkKey(name, managedInstance)));
  return stringify(
    {
      ...withDefaults(topSchema, top),
      poll_interval: formatDuration(config.pollIntervalSeconds * 1000),
      poll_timeout: formatDuration(config.pollTimeoutSeconds * 1000),
      limits: { ...limitEntries(), ...(isMapping(limits) ? limits : {}) },
      // An empty list would be refused where it was loaded again.
      ...(servers === undefined
        ? {}
        : {
            servers: mappings(servers)
              .filter(({ name }) => own.has(String(name)))
              .map(serverEntries),
          }),
      ...(mappings(logins).length === 0
        ? {}
        : { test_network: mappings(logins).filter(({ server }) => own.has(String(server))) }),
      ...(isMapping(azure) ? { azure: azureEntries(azure) } : {}),
      links: mappings(links).filter(({ link, managed_instance }) => ownLinks.has(linkKey(link, managed_instance))),
      ...(isMapping(history) ? { history: historyEntries(history) } : {}),
    },
    { version: '1.2', lineWidth: 0 },
  );
}

function limitEntries(): Entries {
  return Object.fromEntries(Object.entries(limitKeys).map(([key, { name }]) => [key, defaultLimits[name]]));
}

/** As the names are compared when the file is read. */
function linkKey(name: unknown, managedInstance: unknown): string {
  return JSON.stringify([name, String(managedInstance).toLowerCase()]);
}

function serverEntries({ tls = {}, error_log: errorLog, ...server }: Entries): Entries {
  const { port: _, ...schemaOfInstance } = serverSchema;
  return {
    // The port's default is none of an instance.
    ...withDefaults(server.instance === undefined ? serverSchema : schemaOfInstance, server),
    tls: withDefaults(tlsSchema, isMapping(tls) ? tls : {}),
    ...(isMapping(errorLog) ? { error_log: withDefaults(errorLogSchema, errorLog) } : {}),
  };
}

function historyEntries({ objectives = {}, ...history }: Entries): Entries {
  const given = isMapping(objectives) ? objectives : {};
  return withDefaults(historySchema, { ...history, objectives: withDefaults(objectivesSchema, given) });
}

function azureEntries({ intervals = {}, ...azure }: Entries): Entries {
  const given = isMapping(intervals) ? intervals : {};
  return withDefaults(azureSchema, { ...azure, intervals: withDefaults(azureIntervalsSchema, given) });
}

/** In the order of the schema. A key without a default stays absent: its absence is what is in force. */
function withDefaults(schema: Readonly<Record<string, Item<unknown>>>, given: Entries): Entries {
  const entries = Object.entries(schema).map(([key, item]) => [key, given[key] ?? item.default] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function mappings(list: unknown): readonly Entries[] {
  return Array.isArray(list) ? list.filter(isMapping) : [];
}

function isMapping(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainMapping({ entries }: YamlMapping): Entries {
  return Object.fromEntries(entries.map(({ key, value }) => [key, plain(value)]));
}

function plain(node: YamlNode): unknown {
  if (node.kind === 'mapping') return plainMapping(node);
  return node.kind === 'list' ? node.items.map(plain) : node.value;
}
