import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { startAlertmanager } from '../daemons/alertmanager.ts';
import { comes } from '../daemons/comes.ts';
import { type Daemon, type Scope, startExporterProcess, stopDaemon, temporaryFolder } from '../daemons/daemon.ts';
import { type Prometheus, startPrometheus } from '../daemons/prometheus.ts';
import { shippedFiles } from './shipped.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook.ts';

export interface ChainOptions {
  /** One simulated pair with one link for each name, which is the managed instance's; all healthy at first. */
  readonly managedInstances: readonly string[];
  readonly pollIntervalSeconds: number;
  /** By how much the durations of the shipped files are divided. */
  readonly factor: number;
}

/** Everything from the simulated servers to the pager. */
export interface Chain {
  /** By the name of the managed instance, which is the link's label. */
  readonly pairs: ReadonlyMap<string, Pair>;
  readonly exporter: Daemon;
  readonly prometheus: Prometheus;
  readonly alertmanager: Daemon;
  /** Stops Prometheus and Alertmanager, both at once, and starts them again on their data. */
  readonly restart: () => Promise<Pick<Chain, 'prometheus' | 'alertmanager'>>;
  readonly webhook: WebhookReceiver;
}

const password = 'Pa55-of-the-chain';
const addressOf = ({ url }: { readonly url: string }): string => new URL(url).host;

/** The name in the exporter's configuration of the SQL Server end of the pair with that managed instance. */
export function sqlServerOf(managedInstance: string): string {
  return `sql-of-${managedInstance}`;
}

/**
 * Starts simulated pairs, the exporter in a process of its own, real Prometheus and Alertmanager with the shipped rules and
 * configuration, and a webhook receiver, all on free ports of loopback. They end with the scope.
 */
export async function startChain(scope: Scope, options: ChainOptions): Promise<Chain> {
  const folder = await temporaryFolder(scope);
  const webhook = await startWebhookReceiver(scope);
  const pairs = new Map<string, Pair>();
  for (const managedInstanceName of options.managedInstances) {
    const accounts = [{ name: 'milink', password }];
    const pair = await startPair({ scenario: 'healthy', managedInstanceName, seed: managedInstanceName, accounts });
    scope.defer(() => pair.close());
    pairs.set(managedInstanceName, pair);
  }
  await writeFiles(folder, exporterFiles(pairs, options.pollIntervalSeconds));
  const exporter = await startExporterProcess(scope, join(folder, 'milink.yaml'), { MILINK_PASSWORD: password });
  // Prometheus has to know the port of Alertmanager, so its file is written when that one listens.
  const places = { exporter: addressOf(exporter), alertmanager: '127.0.0.1:9', webhookUrl: webhook.url };
  await writeFiles(folder, shippedFiles(places, options.factor));
  const data = { prometheus: await temporaryFolder(scope), alertmanager: await temporaryFolder(scope) };
  const alertmanager = await startAlertmanager(scope, join(folder, 'alertmanager.yaml'), { data: data.alertmanager });
  await writeFiles(folder, shippedFiles({ ...places, alertmanager: addressOf(alertmanager) }, options.factor));
  // An alert is over for Alertmanager when it was not sent again in four of these: a minute as shipped.
  const args = [`--rules.alert.resend-delay=${60_000 / options.factor}ms`];
  const startThem = async (address?: string) => ({
    alertmanager:
      address === undefined
        ? alertmanager
        : await startAlertmanager(scope, join(folder, 'alertmanager.yaml'), { data: data.alertmanager, address }),
    prometheus: await startPrometheus(scope, join(folder, 'prometheus.yaml'), {
      place: { data: data.prometheus },
      args,
    }),
  });
  const first = await startThem();
  const restart = async () => {
    const told = webhook.notifications.length;
    await comes('what was told is noted', async () => (await notedBy(alertmanager)) >= told);
    await Promise.all([stopDaemon(first.prometheus), stopDaemon(first.alertmanager)]);
    return startThem(addressOf(alertmanager));
  };
  return { pairs, exporter, ...first, restart, webhook };
}

/**
 * How many answers of its receivers Alertmanager has seen. It tells at least once: one that ends between the answer of a pager
 * and its own note of it tells the same again when it is back (notify.RetryStage, then SetNotifiesStage).
 */
async function notedBy({ url }: Daemon): Promise<number> {
  const page = await (await fetch(`${url}/metrics`)).text();
  return Number(/^alertmanager_notification_requests_total\{integration="webhook"\} (\d+)$/m.exec(page)?.[1] ?? 0);
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

/** The exporter's configuration, in JSON, which is YAML, and the authorities that it names. */
function exporterFiles(pairs: ReadonlyMap<string, Pair>, pollIntervalSeconds: number): Record<string, string> {
  const ends = [...pairs].flatMap(([managedInstance, pair]) => [
    { name: sqlServerOf(managedInstance), end: pair.sqlServer, managedInstance },
    { name: managedInstance, end: pair.managedInstance, managedInstance },
  ]);
  const configuration = {
    poll_interval: `${pollIntervalSeconds}s`,
    poll_timeout: `${Math.min(pollIntervalSeconds, 10)}s`,
    servers: ends.map(({ name, end, managedInstance }) => ({
      name,
      host: end.host,
      port: end.port,
      authentication: { type: 'sql_login', username: 'milink', password_env: 'MILINK_PASSWORD' },
      tls: { ca_file: `${managedInstance}.pem`, server_name: 'localhost' },
    })),
    links: [...pairs].flatMap(([managedInstance, pair]) =>
      pair.topology.links.map(({ name, databases }) => ({
        link: name,
        managed_instance: managedInstance,
        servers: [sqlServerOf(managedInstance), managedInstance],
        databases: databases.map((database) => database.name),
      })),
    ),
  };
  return {
    'milink.yaml': JSON.stringify(configuration),
    ...Object.fromEntries([...pairs].map(([name, pair]) => [`${name}.pem`, pair.certificateAuthority])),
  };
}
