import tls from 'node:tls';
import type { Config, LoadedConfig, ServerConfig } from '../../config/config.ts';
import type { Shard } from '../../config/shard/shard.ts';
import { ConfigError, type ConfigProblem, formatProblems } from '../../config/value/problem.ts';
import type { Terminal } from '../command.ts';
import type { Flag } from '../flags/flag.ts';

export const configFileFlag: Flag = {
  name: 'config.file',
  group: 'Configuration',
  value: 'PATH',
  default: 'milink.yaml',
  help: 'The configuration file.',
};

export const configCheckFlag: Flag = {
  name: 'config.check',
  group: 'Configuration',
  help: 'Check the configuration file, the web configuration file and the files that they name, then exit.',
};

/** Loads the file, or a shard of it. Rejects with ConfigError. */
export async function loadConfigShard(path: string, { environment }: Terminal, shard?: Shard): Promise<LoadedConfig> {
  // Not before: a help text needs the flag alone, and these are a third of what a command loads.
  const [{ loadConfig }, { catalogue }, { neededByAlerts }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../metrics/catalogue.ts'),
    import('../../metrics/needed-by-alerts.ts'),
  ]);
  const loaded = await loadConfig(path, {
    env: environment,
    families: { names: catalogue.map(({ name }) => name), neededByAlerts },
    ...(shard === undefined ? {} : { shard }),
  });
  trustSystemAuthorities(loaded.config);
  return loaded;
}

/** Null when the file, or its shard, can't be used: every problem is then on standard error. */
export async function loadConfigFile(path: string, terminal: Terminal, shard?: Shard): Promise<LoadedConfig | null> {
  try {
    return await loadConfigShard(path, terminal, shard);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    terminal.writeError(`${formatProblems(withFirstSteps(error.problems))}\n`);
    return null;
  }
}

/** For whoever has no file yet. */
function withFirstSteps(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.map((problem) => {
    const isMissing = problem.path === '' && problem.message.startsWith('the file does not exist');
    if (!isMissing) return problem;
    const steps =
      'milink-exporter init writes one, --config.file=PATH names another, and milink-exporter demo needs none';
    return { ...problem, message: `${problem.message}: ${steps}` };
  });
}

let isDone = false;

/**
 * Adds the authorities of the operating system to those that Node.js brings and to NODE_EXTRA_CA_CERTS, for every
 * connection that names none of its own. Reading them takes some 100 ms, so it is done when a server needs them, once.
 */
function trustSystemAuthorities({ servers }: Pick<Config, 'servers'>): void {
  if (isDone || !servers.some(needsAuthorities)) return;
  isDone = true;
  const all = (['bundled', 'default', 'system'] as const).flatMap((kind) => tls.getCACertificates(kind));
  tls.setDefaultCACertificates([...new Set(all)]);
}

function needsAuthorities({ tls: { mode, ca, trustServerCertificate }, authentication }: ServerConfig): boolean {
  // A token comes from Entra ID, over HTTPS.
  const asksAzure = authentication.type !== 'sql_login' && authentication.type !== 'windows';
  return asksAzure || (mode !== 'off' && ca === null && !trustServerCertificate);
}
