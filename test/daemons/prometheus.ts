import assert from 'node:assert/strict';
import { type Daemon, type Place, type Scope, startDaemon, temporaryFolder } from './daemon.ts';

/** A series of an answer to a query; times in Unix seconds. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [timestampSeconds: number, value: string])[];
}

/** An alert as Prometheus' own list has it. */
export interface PrometheusAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  /** When the expression began to give something, ISO 8601. */
  readonly activeAt: string;
}

export interface Prometheus extends Daemon {
  /** Every sample of a selector within a range such as `10m` before now. */
  readonly samples: (selector: string, range: string) => Promise<readonly Series[]>;
  /** What is pending or firing. */
  readonly alerts: () => Promise<readonly PrometheusAlert[]>;
}

/** Starts Debian's Prometheus with a configuration file, its data in a folder of its own unless told otherwise. */
export async function startPrometheus(
  scope: Scope,
  configFile: string,
  { place, args = [] }: { readonly place?: Place; readonly args?: readonly string[] } = {},
): Promise<Prometheus> {
  const data = place?.data ?? (await temporaryFolder(scope));
  const own = [`--config.file=${configFile}`, `--storage.tsdb.path=${data}`, ...args];
  const daemon = await startDaemon(scope, 'prometheus', own, place?.address);
  // It listens some time before that and answers 503.
  await daemon.running.seen(/msg="Server is ready to receive web requests\."/);
  return {
    ...daemon,
    samples: async (selector, range) => {
      const query = encodeURIComponent(`${selector}[${range}]`);
      return (await answer<{ result: readonly Series[] }>(`${daemon.url}/api/v1/query?query=${query}`)).result;
    },
    alerts: async () => (await answer<{ alerts: readonly PrometheusAlert[] }>(`${daemon.url}/api/v1/alerts`)).alerts,
  };
}

/** The data of an answer of Prometheus' API; one that refuses fails the test with its reason. */
export async function answer<Data>(url: string): Promise<Data> {
  const response = await fetch(url);
  const body: unknown = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return (body as { data: Data }).data;
}
