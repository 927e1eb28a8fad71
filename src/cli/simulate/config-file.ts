import { lstat, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { simulatedApplication } from '../../simulator/azure/entra.ts';
import type { Pair } from '../../simulator/pair.ts';
import type { End } from '../../simulator/pair-end.ts';
import { CommandError, type Terminal } from '../command.ts';
import { type Flag, type FlagValues, flagValue, isSet } from '../flags/flag.ts';

import { azureLines } from './azure.ts';
import { administratorOf } from './flags.ts';

/** Offered by whatever starts simulated servers. */
export const simulatorConfigFileFlag: Flag = {
  name: 'simulator.config-file',
  group: 'Simulation',
  value: 'PATH',
  help: 'Write a configuration for these servers to this file, for `check` and `serve`; the password and the authority go into files beside it.',
};

/** Who the simulated servers are for. */
export interface SimulatorUser {
  readonly login: { readonly username: string; readonly password: string };
  readonly environment: Terminal['environment'];
}

const shortestIntervalSeconds = 5;

/** What the simulator makes in a second on a slow machine, with another program polling it there: it computes each row. */
const databasesInSecond = 100;

/** As the links have databases: a simulated server with thousands takes longer for its rows than a real one. */
function pace(pair: Pair): readonly string[] {
  const databases = pair.topology.links.reduce((sum, link) => sum + link.databases.length, 0);
  const seconds = Math.ceil(databases / databasesInSecond);
  if (seconds <= shortestIntervalSeconds) return [`poll_interval: ${shortestIntervalSeconds}s`];
  return [`poll_interval: ${2 * seconds}s`, `poll_timeout: ${seconds}s`];
}

/**
 * Writes the configuration file if the flag asks for it. Resolves to what to tell the user, in lines; nothing without the
 * flag.
 * @throws CommandError when a file can't be written.
 */
export async function writeSimulatorConfig(values: FlagValues, pair: Pair, user: SimulatorUser): Promise<string> {
  const { certificateAuthority } = pair;
  return writeConfigFiles(values, user, {
    certificateAuthority,
    clientSecret: simulatedApplication.clientSecret,
    config: (files) => simulatorConfig(pair, user.login.username, files),
  });
}

export interface ConfigFiles {
  readonly password: string;
  readonly authority: string;
  readonly azure: string;
}

interface Configured {
  readonly certificateAuthority: string;
  /** Of the application that asks Azure, where there is one. */
  readonly clientSecret?: string;
  readonly config: (files: ConfigFiles) => string;
}

/** As `writeSimulatorConfig`, for any servers. */
export async function writeConfigFiles(
  values: FlagValues,
  { login, environment }: SimulatorUser,
  { certificateAuthority, clientSecret, config }: Configured,
): Promise<string> {
  if (!isSet(values, simulatorConfigFileFlag)) return '';
  const path = flagValue(values, simulatorConfigFileFlag);
  const base = path.replace(/\.ya?ml$/i, '');
  const files = {
    password: `${base}.password`,
    authority: `${base}.ca.pem`,
    azure: `${base}.azure-secret`,
  };
  try {
    await writePrivate(files.password, `${login.password}\n`);
    await writeFile(files.authority, certificateAuthority);
    if (clientSecret !== undefined) await writePrivate(files.azure, `${clientSecret}\n`);
    await writeFile(path, config(files));
  } catch (error) {
    throw new CommandError(`--${simulatorConfigFileFlag.name}: ${error instanceof Error ? error.message : error}`);
  }
  // Through npm there is no command of that name.
  const program = environment.npm_lifecycle_event === 'start' ? 'npm start --silent --' : 'milink-exporter';
  return `try               ${program} check --config.file=${shellWord(path)}\n`;
}

/**
 * Writes a file that only its owner can read, in the place of an earlier one: that may be open to all, or a link that
 * somebody else has laid to where the text must not go.
 */
async function writePrivate(path: string, text: string): Promise<void> {
  const present = await lstat(path).catch(() => null);
  if (present?.isFile() || present?.isSymbolicLink()) await rm(path);
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
}

/** One server of a configuration, in lines. */
export function serverEntry(
  { name, host, port, username }: Pick<End, 'host' | 'port'> & { readonly name: string; readonly username: string },
  files: ConfigFiles,
): readonly string[] {
  return [
    `  - name: ${name}`,
    `    host: ${quoted(reachable(host))}`,
    `    port: ${port}`,
    `    authentication: { type: sql_login, username: ${quoted(username)}, password_file: ${quoted(basename(files.password))} }`,
    `    tls: { ca_file: ${quoted(basename(files.authority))}, server_name: localhost }`,
  ];
}

/** Paths in the file start at its own folder, so that all can be moved together. */
function simulatorConfig(pair: Pair, username: string, files: ConfigFiles): string {
  const server = (name: string, end: End): readonly string[] => serverEntry({ ...end, name, username }, files);
  const managedInstance = pair.topology.servers.managedInstance.hostName.split('.')[0] ?? '';
  const links = pair.topology.links.flatMap(({ name, databases }) => [
    `  - link: ${quoted(name)}`,
    `    managed_instance: ${quoted(managedInstance)}`,
    '    servers: [sql-prod-01, mi-prod]',
    `    databases: [${databases.map((database) => quoted(database.name)).join(', ')}]`,
  ]);
  return [
    '# The simulated servers of milink-exporter, as long as they run.',
    ...pace(pair),
    'servers:',
    ...server('sql-prod-01', pair.sqlServer),
    ...server('mi-prod', pair.managedInstance),
    'test_network:',
    ...['sql-prod-01', 'mi-prod'].map(
      (name) =>
        `  - { server: ${name}, authentication: { type: sql_login, username: ${quoted(administratorOf(username))}, password_file: ${quoted(basename(files.password))} } }`,
    ),
    ...azureLines(pair, { authority: basename(files.authority), secret: basename(files.azure) }),
    'links:',
    ...links,
    '',
  ].join('\n');
}

/** A server that listens on every address is reached at this machine's own. */
function reachable(host: string): string {
  return host === '::' || host === '0.0.0.0' ? 'localhost' : host;
}

/** A text that YAML reads as it is: JSON's strings are YAML's double-quoted ones. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A word for a POSIX shell to paste. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
