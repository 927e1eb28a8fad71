import { authenticationSchemas } from './authentication/schema.ts';
import { azureInstanceSchema, azureIntervalsSchema, azureSchema, azureSubscriptionSchema } from './azure/azure.ts';
import type { ScheduledView, TlsMode } from './config.ts';
import { type Item, item } from './value/item.ts';

export const topSchema = {
  poll_interval: item<string>({ doc: 'the time between polls', format: 'milink-duration', default: '15s' }),
  poll_timeout: item<string>({ doc: 'the time limit of a poll', format: 'milink-duration', default: '10s' }),
  views: item<null>({ doc: 'when single views are read', format: 'milink-mapping', default: null }),
  limits: item<null>({ doc: 'how much a server may send', format: 'milink-mapping', default: null }),
  // Required where there is no `azure`.
  servers: item<null>({ doc: 'the servers to poll', format: 'milink-filled-list', default: null }),
  azure: item<null>({ doc: 'what to read of Azure', format: 'milink-mapping', default: null }),
  test_network: item<null>({ doc: 'who logs in for test-network', format: 'milink-list', default: null }),
  links: item<null>({ doc: 'the links that should exist', format: 'milink-list', default: null }),
  metrics: item<null>({ doc: 'which metrics are published', format: 'milink-mapping', default: null }),
  history: item<null>({ doc: 'what is remembered', format: 'milink-mapping', default: null }),
};

function viewItem(): Item<null> {
  return item<null>({ doc: 'when the view is read', format: 'milink-mapping', default: null });
}

/** One key for each view that can be configured. */
export const viewsSchema = {
  database_replica_states: viewItem(),
  databases: viewItem(),
  performance_counters: viewItem(),
  master_files: viewItem(),
  physical_seeding_stats: viewItem(),
  automatic_seeding: viewItem(),
  certificates: viewItem(),
  database_mirroring_endpoints: viewItem(),
  tcp_endpoints: viewItem(),
  permissions: viewItem(),
} satisfies Record<ScheduledView, Item<null>>;

export const viewSchema = {
  interval: item<string | null>({
    doc: 'the time between two readings of the view',
    format: 'milink-duration',
    default: null,
  }),
  timeout: item<string | null>({ doc: 'the time limit of a reading', format: 'milink-duration', default: null }),
};

export const serverSchema = {
  name: item<string | null>({
    doc: 'a name of your choice, the label `server` of its series',
    format: 'milink-name',
    default: null,
    required: true,
  }),
  host: item<string | null>({
    doc: 'the host name or IP address of the server',
    format: 'milink-host',
    default: null,
    required: true,
  }),
  port: item<number>({ doc: 'the TCP port', format: 'milink-port', default: 1433 }),
  instance: item<string | null>({
    doc: 'the name of the instance, in the place of port',
    format: 'milink-instance',
    default: null,
  }),
  multi_subnet_failover: item<boolean>({ doc: 'true or false', format: 'milink-boolean', default: false }),
  authentication: item<null>({
    doc: 'the way to log in: its type and what belongs to it',
    format: 'milink-mapping',
    default: null,
    required: true,
  }),
  tls: item<null>({ doc: 'how the connection is protected', format: 'milink-mapping', default: null }),
  error_log: item<null>({ doc: 'whether the error log is read', format: 'milink-mapping', default: null }),
  limits: item<null>({ doc: 'how much this server may send', format: 'milink-mapping', default: null }),
};

const limit = (doc: string): Item<number | null> => item<number | null>({ doc, format: 'milink-count', default: null });

export const limitsSchema = {
  login_bytes: limit('the bytes until the login is done'),
  answer_bytes: limit('the bytes of one answer'),
  row_bytes: limit('the bytes of one row'),
  rows: limit('the rows of one answer'),
  value_length: limit('the characters of one text, the bytes of one binary'),
  links: limit('the links that are shown'),
  databases: limit('the databases that are shown'),
};

export const errorLogSchema = {
  enabled: item<boolean>({ doc: 'true or false', format: 'milink-boolean', default: false }),
  interval: item<string>({ doc: 'the time between two reads', format: 'milink-duration', default: '5m' }),
  timeout: item<string>({ doc: 'the time limit of a read', format: 'milink-duration', default: '5s' }),
};

export const historySchema = {
  path: item<string | null>({ doc: 'a directory of its own', format: 'milink-path', default: null }),
  size_limit_bytes: item<number>({ doc: 'the bytes of the directory', format: 'milink-count', default: 67_108_864 }),
  age_limit: item<string>({ doc: 'how long files are kept', format: 'milink-duration', default: '100d' }),
  objectives: item<null>({ doc: 'what a link is to keep to', format: 'milink-mapping', default: null }),
};

export const objectivesSchema = {
  data_loss: item<string>({
    doc: 'the commits that a forced failover may lose',
    format: 'milink-duration',
    default: '15m',
  }),
  recovery: item<string>({
    doc: 'the time until the copy can be used',
    format: 'milink-duration',
    default: '1h',
  }),
};

export const tlsSchema = {
  mode: item<TlsMode>({ doc: 'encrypt, strict or off', format: 'milink-tls-mode', default: 'encrypt' }),
  ca_file: item<string | null>({
    doc: 'a PEM file of the authorities to trust',
    format: 'milink-path',
    default: null,
  }),
  server_name: item<string | null>({
    doc: 'the name that the certificate must carry',
    format: 'milink-host',
    default: null,
  }),
  trust_server_certificate: item<boolean>({ doc: 'true or false', format: 'milink-boolean', default: false }),
};

export const testNetworkSchema = {
  server: item<string | null>({
    doc: 'the name of a configured server',
    format: 'milink-name',
    default: null,
    required: true,
  }),
  authentication: item<null>({
    doc: 'the way to log in: its type and what belongs to it',
    format: 'milink-mapping',
    default: null,
    required: true,
  }),
};

export const linkSchema = {
  link: item<string | null>({
    doc: 'the name of the distributed availability group',
    format: 'milink-name',
    default: null,
    required: true,
  }),
  managed_instance: item<string | null>({
    doc: 'the short name of the managed instance',
    format: 'milink-managed-instance',
    default: null,
    required: true,
  }),
  servers: item<null>({ doc: 'names of configured servers', format: 'milink-filled-list', default: null }),
  databases: item<null>({ doc: 'names of databases', format: 'milink-filled-list', default: null }),
};

export const metricsSchema = {
  include: item<null>({
    doc: 'names of metrics, which alone are published',
    format: 'milink-filled-list',
    default: null,
  }),
  exclude: item<null>({ doc: 'names of metrics that are left out', format: 'milink-filled-list', default: null }),
};

/** An item of a list of names. */
export const nameSchema = {
  name: item<string | null>({ doc: 'a name', format: 'milink-name', default: null, required: true }),
};

const authenticationKeys = [...new Set(Object.values(authenticationSchemas).flatMap((schema) => Object.keys(schema)))];

/** Where each mapping of the file is, for the answer to a key in the wrong one. */
export const sections: readonly { readonly place: string; readonly keys: readonly string[] }[] = [
  { place: 'the top level', keys: Object.keys(topSchema) },
  { place: 'views', keys: Object.keys(viewsSchema) },
  { place: 'views.<view>', keys: Object.keys(viewSchema) },
  { place: 'limits', keys: Object.keys(limitsSchema) },
  { place: 'servers[]', keys: Object.keys(serverSchema) },
  { place: 'servers[].authentication', keys: authenticationKeys },
  { place: 'servers[].tls', keys: Object.keys(tlsSchema) },
  { place: 'servers[].error_log', keys: Object.keys(errorLogSchema) },
  { place: 'servers[].limits', keys: Object.keys(limitsSchema) },
  { place: 'azure', keys: Object.keys(azureSchema) },
  { place: 'azure.intervals', keys: Object.keys(azureIntervalsSchema) },
  { place: 'azure.subscriptions[]', keys: Object.keys(azureSubscriptionSchema) },
  { place: 'azure.subscriptions[].managed_instances[]', keys: Object.keys(azureInstanceSchema) },
  { place: 'test_network[]', keys: Object.keys(testNetworkSchema) },
  { place: 'links[]', keys: Object.keys(linkSchema) },
  { place: 'metrics', keys: Object.keys(metricsSchema) },
  { place: 'history', keys: Object.keys(historySchema) },
  { place: 'history.objectives', keys: Object.keys(objectivesSchema) },
];
