import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillHistory } from './filled-history.ts';
import type { StartedPair } from './servers.ts';

export const pollIntervalSeconds = 5;
const historyBytes = 4 * 1024 * 1024;
/** Nobody listens there: TCPMUX, which no machine has had for decades. */
const closedPort = 1;

export const linkName = 'DAG_Sales';

/** The configurations of the soak, by what is special about each. */
export type ConfigurationKind = 'ordinary' | 'other' | 'wrong';

/** Writes what the configurations name, and a history that is full. */
export async function writeFiles(folder: string, pairs: readonly StartedPair[]): Promise<void> {
  for (const { managedInstance, certificateAuthority } of pairs)
    await writeFile(join(folder, `${managedInstance}.pem`), certificateAuthority);
  const history = join(folder, 'history');
  await mkdir(history);
  const subjects = pairs.map(({ managedInstance }) => {
    return { link: linkName, managedInstance, servers: serverNames(managedInstance) };
  });
  fillHistory(history, historyBytes, subjects);
}

export const serverNames = (managedInstance: string): readonly [string, string] => [
  `sql-${managedInstance}`,
  managedInstance,
];

/** `other` polls at another pace, lacks the last pair and has a server that nobody can reach; `wrong` is refused. */
export async function writeConfiguration(
  folder: string,
  pairs: readonly StartedPair[],
  kind: ConfigurationKind,
): Promise<string> {
  const isOther = kind === 'other';
  const shown = isOther ? pairs.slice(0, -1) : pairs;
  const server = (name: string, port: number, ca: string): object => ({
    name,
    host: '127.0.0.1',
    port,
    authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
    tls: { ca_file: `${ca}.pem`, server_name: 'localhost' },
  });
  const servers = shown.flatMap(({ managedInstance, ports }) => {
    const [sqlServer, itself] = serverNames(managedInstance);
    const sql = {
      ...server(sqlServer, ports.sqlServer, managedInstance),
      error_log: { enabled: true, interval: '1m' },
    };
    return [sql, server(itself, ports.managedInstance, managedInstance)];
  });
  const unreachable = isOther ? [server('gone', closedPort, 'mi-0')] : [];
  const seconds = isOther ? pollIntervalSeconds - 1 : pollIntervalSeconds;
  const path = join(folder, 'milink.yaml');
  const configuration = {
    poll_interval: `${seconds}s`,
    poll_timeout: `${seconds - 1}s`,
    history: { path: 'history', size_limit_bytes: historyBytes },
    servers: [...servers, ...unreachable],
    links: shown.map(({ managedInstance }) => {
      return { link: linkName, managed_instance: managedInstance, servers: serverNames(managedInstance) };
    }),
  };
  await writeFile(path, JSON.stringify(kind === 'wrong' ? { ...configuration, servers: 'none' } : configuration));
  return path;
}
