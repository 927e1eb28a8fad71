import type { AzureLog } from '../azure/poll/log.ts';
import type { Config, ServerConfig } from '../config/config.ts';
import { alternatives, nearest, show } from '../config/value/wording.ts';
import { assessLinks } from '../link/assessor.ts';
import { firstDnsLabel, ownManagedInstance } from '../link/identity.ts';
import { askQuestions } from '../poll/once/ask-questions.ts';
import { systemClock } from '../poll/time/clock.ts';
import { type AzureSight, type Evidence, goals, type Side } from '../preflight/condition.ts';
import { conditions } from '../preflight/conditions/all.ts';
import { exitCodeOfVerdict, judge, type PreflightReport, preflightJson } from '../preflight/judge.ts';
import { preflightLines } from '../preflight/screen.ts';
import { connect } from '../sql/mssql-connection.ts';
import { renderLine } from '../terminal/line.ts';
import { quoteName } from '../text/tsql.ts';
import { pollOnce } from './check/check.ts';
import type { Command, Terminal } from './command.ts';
import { type Flag, type FlagValues, flagValue, flagValueList, isSet, UsageError } from './flags/flag.ts';
import { readInstanceOnce } from './reading/azure.ts';
import { configFileFlag, loadConfigFile } from './reading/config-file.ts';
import { screenOf } from './terminal.ts';

export const sqlServerFlag: Flag = {
  name: 'sql-server',
  group: 'Servers',
  value: 'NAME',
  help: 'The SQL Server of the configuration.',
};
export const managedInstanceFlag: Flag = {
  name: 'managed-instance',
  group: 'Servers',
  value: 'NAME',
  help: 'The managed instance of the configuration.',
};
const databaseFlag: Flag = {
  name: 'database',
  group: 'Servers',
  value: 'NAME',
  isRepeatable: true,
  help: 'A database of the link; may be repeated. Left out for failover and failback: all that are linked.',
};
const forFlag: Flag = {
  name: 'for',
  group: 'Output',
  value: 'GOAL',
  choices: goals,
  default: 'create',
  help: 'What is to be done: create a link, fail over to the managed instance, or go back to SQL Server.',
};
const jsonFlag: Flag = {
  name: 'json',
  group: 'Output',
  help: 'Print JSON for programs; docs/preflight.md describes it.',
};
const allFlag: Flag = { name: 'all', group: 'Output', help: 'Also show what is as it should be.' };

const unknownExitCode = 3;

const notes = [
  'Reads only, with the logins of the configuration; what has to be changed is',
  'shown as statements, which people run. docs/preflight.md lists the conditions.',
  '',
  'Exit codes:',
  '  0  passed: nothing stands in the way',
  '  1  partly: nothing stands in the way, but read the warnings',
  '  2  failed: something has to be done first',
  '  3  could not be told: a server did not answer, or a right is missing; also a',
  '     mistake on the command line or in the configuration',
];

/** Whether two servers and their databases are ready for a link, or a link for its failover. */
export const preflight: Command = {
  name: 'preflight',
  summary: 'Say what stands in the way of a link, or of its failover, and what to do',
  flags: [configFileFlag, sqlServerFlag, managedInstanceFlag, databaseFlag, forFlag, jsonFlag, allFlag],
  notes,
  errorExitCode: unknownExitCode,
  run: runPreflight,
};

async function runPreflight(values: FlagValues, terminal: Terminal): Promise<number> {
  const goal = goals.find((each) => each === flagValue(values, forFlag)) ?? 'create';
  const databases = flagValueList(values, databaseFlag);
  const loaded = await loadConfigFile(flagValue(values, configFileFlag), terminal);
  if (loaded === null) return unknownExitCode;
  const { config } = loaded;
  const servers = chosenServers(config, values);
  if (goal === 'create' && databases.length === 0) {
    throw new UsageError(`--${databaseFlag.name} is missing: name each database that the link shall carry`);
  }
  const evidence = await gather({ config, servers, goal, databases, stop: terminal.stop });
  if (terminal.stop.aborted) return unknownExitCode;
  const report = judge(evidence);
  print(report, values, terminal);
  return exitCodeOfVerdict[report.verdict];
}

function print(report: PreflightReport, values: FlagValues, terminal: Terminal): void {
  if (isSet(values, jsonFlag)) return void terminal.writeOut(`${preflightJson(report)}\n`);
  const { width, hasColour } = screenOf(terminal);
  const lines = preflightLines(report, { width, isComplete: isSet(values, allFlag) });
  terminal.writeOut(`${lines.map((each) => renderLine(each, hasColour)).join('\n')}\n`);
}

/** The two servers of the configuration. */
export interface ChosenServers {
  readonly sqlServer: ServerConfig;
  readonly managedInstance: ServerConfig;
}

/** @throws UsageError for a flag that is missing, or a name that is not in the configuration. */
export function chosenServers(config: Pick<Config, 'servers'>, values: FlagValues): ChosenServers {
  const sqlServer = chosenServer(config, values, sqlServerFlag);
  const managedInstance = chosenServer(config, values, managedInstanceFlag);
  if (sqlServer === managedInstance)
    throw new UsageError(`--${managedInstanceFlag.name}: it is the server of --${sqlServerFlag.name}`);
  return { sqlServer, managedInstance };
}

function chosenServer({ servers }: Pick<Config, 'servers'>, values: FlagValues, flag: Flag): ServerConfig {
  const name = flagValue(values, flag);
  const names = servers.map((server) => server.name);
  const found = servers.find((server) => server.name === name);
  if (found !== undefined) return found;
  if (name === '') throw new UsageError(`--${flag.name} is missing: use ${alternatives(names.map(show))}`);
  const guess = nearest(name, names);
  throw new UsageError(
    `--${flag.name}: no server ${show(name)} in the configuration: ${guess === null ? `use ${alternatives(names.map(show))}` : `did you mean ${show(guess)}?`}`,
  );
}

interface Gathering {
  readonly config: Config;
  readonly servers: ChosenServers;
  readonly goal: Evidence['goal'];
  readonly databases: readonly string[];
  readonly stop: AbortSignal;
}

/** First both are polled as `check` does, for the links; then each is asked on a connection of its own. */
async function gather({ config, servers, goal, databases, stop }: Gathering): Promise<Evidence> {
  const { sqlServer, managedInstance } = servers;
  const { pollTimeoutSeconds: timeoutSeconds } = config;
  const both = [sqlServer, managedInstance];
  const states = await pollOnce({ ...config, servers: both }, timeoutSeconds, stop);
  const names = both.map(({ name }) => name);
  // A link of the configuration that another pair carries is no matter of these two.
  const expected = config.links.filter((link) => link.servers.every((name) => names.includes(name)));
  const links = assessLinks(states, expected).filter(({ ends }) => ends.length > 0);
  const wanted = databases.length > 0 ? databases : links.flatMap((link) => link.databases.map(({ name }) => name));
  const questions = conditions.filter(({ goals: of }) => of.includes(goal)).flatMap((each) => each.questions);
  const unique = [...new Map(questions.map((each) => [each.id, each])).values()];
  const ask = (server: ServerConfig, engine: Side['engine']): Promise<Side> =>
    askQuestions(server, {
      engine,
      questions: unique,
      databases: wanted.map((name) => ({ name, quoted: quoteName(name) })),
      ...{ connect, clock: systemClock, timeoutSeconds, stop },
    });
  const [one, other] = await Promise.all([ask(sqlServer, 'sql_server'), ask(managedInstance, 'managed_instance')]);
  const name = other.facts === null ? firstDnsLabel(managedInstance.host) : ownManagedInstance(other.facts);
  const azure = await lookInAzure(config, name ?? managedInstance.name.toLowerCase(), stop);
  return {
    goal,
    azure,
    sqlServer: one,
    managedInstance: other,
    databases: wanted,
    links,
    nowSeconds: systemClock.nowSeconds(),
  };
}

const silent: AzureLog = { info: () => undefined, warn: () => undefined };

async function lookInAzure({ azure }: Config, name: string, stop: AbortSignal): Promise<AzureSight> {
  return azure === undefined ? { kind: 'off' } : readInstanceOnce(azure, name, { log: silent, stop });
}
