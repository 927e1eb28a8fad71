import type { LoadedConfig } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import type { Shard } from '../../config/shard/shard.ts';
import { ConfigError, type ConfigProblem, formatProblems } from '../../config/value/problem.ts';
import { catalogue } from '../../metrics/catalogue.ts';
import { neededByAlerts } from '../../metrics/needed-by-alerts.ts';
import type { Terminal } from '../command.ts';
import type { Flag } from '../flags/flag.ts';
import { trustSystemAuthorities } from './system-authorities.ts';

export const configFileFlag: Flag = {
  name: 'config.file',
  group: 'Configuration',
  value: 'PATH',
  default: 'milink.yaml',
  help: 'The configuration file.',
};

const knownFamilies = { names: catalogue.map(({ name }) => name), neededByAlerts };

/** Loads the file, or a shard of it. Rejects with ConfigError. */
export async function loadConfigShard(path: string, { environment }: Terminal, shard?: Shard): Promise<LoadedConfig> {
  const loaded = await loadConfig(path, {
    env: environment,
    families: knownFamilies,
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
