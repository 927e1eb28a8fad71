import type { ViewName } from '../model/snapshot.ts';
import type { Authentication } from './authentication/authentication.ts';
import type { AzureConfig } from './azure/azure.ts';
import type { ConfigFile } from './file/text-file.ts';

/** The whole configuration: validated, defaults filled in, deeply frozen. */
export interface Config {
  readonly pollIntervalSeconds: number;
  /** Never more than the interval: polls of one server can't overlap. */
  readonly pollTimeoutSeconds: number;
  /** When single views are read, and for how long; a view that is not here is read in every poll. */
  readonly views: ViewSchedules;
  /** At least one, unless all are left to other shards or Azure is read; names are unique. */
  readonly servers: readonly ServerConfig[];
  /** Absent: Azure is not read. */
  readonly azure?: AzureConfig;
  /** Who logs in for \`test-network\`, by server: never the login that polls. Absent: nobody is configured. */
  readonly testNetwork?: readonly TestLogin[];
  /** The links that should exist; empty when none is expected by name. */
  readonly links: readonly ExpectedLink[];
  /** Absent: every family is published. */
  readonly metrics?: MetricsConfig;
  /** Absent: `defaultHistory`. */
  readonly history?: HistoryConfig;
}

/** By the name of the view; not those that say what a server is and how its links stand. */
export type ViewSchedules = { readonly [Name in ScheduledView]?: ViewSchedule };

/** The views whose reading can be configured. */
export const scheduledViews = [
  'database_replica_states',
  'databases',
  'performance_counters',
  'master_files',
  'physical_seeding_stats',
  'automatic_seeding',
  'certificates',
  'database_mirroring_endpoints',
  'tcp_endpoints',
  'permissions',
] as const satisfies readonly ViewName[];

export type ScheduledView = (typeof scheduledViews)[number];

/** How one view is read. */
export interface ViewSchedule {
  /** From one reading to the next, at least the poll interval; null: in every poll. */
  readonly intervalSeconds: number | null;
  /** The reading is cancelled after it and the rest of the poll stays; null: the view's own default. */
  readonly timeoutSeconds: number | null;
}

/** A login that may make jobs at a server. */
export interface TestLogin {
  readonly server: string;
  readonly authentication: Authentication;
}

/** One polled SQL Server instance or managed instance. */
export interface ServerConfig {
  /** The label `server` of every series about it. */
  readonly name: string;
  readonly host: string;
  /** Null: that of the instance, which SQL Server Browser knows. */
  readonly port: number | null;
  /** The name of an instance on `host`; absent: `port` says which one. */
  readonly instance?: string;
  /** All addresses of `host` are tried at once: a listener has one in each subnet, of which one answers. */
  readonly multiSubnetFailover?: true;
  readonly authentication: Authentication;
  readonly tls: TlsConfig;
  /** Absent: the error log is not read. */
  readonly errorLog?: ErrorLogSchedule;
  /** Absent: `defaultLimits`. */
  readonly limits?: ServerLimits;
}

/** How the server's error log is read: the server scans the whole file each time. */
export interface ErrorLogSchedule {
  readonly intervalSeconds: number;
  /** A read is cancelled after it, and when the next poll is due. */
  readonly timeoutSeconds: number;
}

/** `encrypt`: TLS inside the prelogin exchange; `strict`: TDS 8, TLS before anything else; `off`: no TLS at all. */
export type TlsMode = 'encrypt' | 'strict' | 'off';

/** How the connection is protected and what the server's certificate is checked against. */
export interface TlsConfig {
  readonly mode: TlsMode;
  /** PEM text of the authorities to trust instead of the system's; null: the system's. */
  readonly ca: string | null;
  /** The name that the certificate must carry; null: `host`. */
  readonly serverName: string | null;
  /** True: the certificate isn't verified. */
  readonly trustServerCertificate: boolean;
}

/** A link that should exist: its absence is a fact, not a silence. */
export interface ExpectedLink {
  /** Name of the distributed availability group. */
  readonly name: string;
  /** Short name of the managed instance, in lower case. */
  readonly managedInstance: string;
  /** Names of the configured servers that carry this link's ends; empty: not said. */
  readonly servers: readonly string[];
  /** Databases that the link should carry; empty: not said. */
  readonly databases: readonly string[];
}

/** A setting that is valid but weakens something, or is probably not meant; `path` is like `servers[0].tls.mode`. */
export interface ConfigWarning {
  readonly path: string;
  readonly message: string;
}

/** What `loadConfig` gives. */
export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly ConfigWarning[];
  /** Servers of the file that are left to other shards: not in `config`. */
  readonly serversOfOtherShards: number;
  /** The configuration as YAML, defaults filled in, without any secret. */
  readonly text: string;
  /** The file itself and those that it names. */
  readonly files: readonly ConfigFile[];
}

/** How much one server may send, and how much of it is kept. */
export interface ServerLimits {
  /** All that arrives until the login is done, in bytes: prelogin, the TLS handshake inside of it, tokens. */
  readonly loginBytes: number;
  /** One answer to a statement, in bytes. */
  readonly answerBytes: number;
  /** One row, or another token of an answer, in bytes. */
  readonly rowBytes: number;
  /** The rows of one answer. */
  readonly rows: number;
  /** One value: characters of a text, bytes of a binary. */
  readonly valueLength: number;
  /** Links that are shown. More are counted, not shown. */
  readonly links: number;
  /** Databases of links that are shown. More are counted, not shown. */
  readonly databases: number;
}

/** What the exporter remembers, and where. */
export interface HistoryConfig {
  /** The directory, absolute; null: only in memory, until the end of the process. */
  readonly path: string | null;
  readonly sizeLimitBytes: number;
  readonly ageLimitSeconds: number;
  /** What the service levels count: seconds of commits lost by a forced failover, seconds until the copy can be used. */
  readonly objectives: { readonly dataLossSeconds: number; readonly recoverySeconds: number };
}

/** Which families are published: all but `exclude`, or `include` alone. Both empty: all. */
export interface MetricsConfig {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The families there are, as the program knows them, for names that are wrong and choices that cost alerts. */
export interface KnownFamilies {
  readonly names: readonly string[];
  readonly neededByAlerts: readonly string[];
}
