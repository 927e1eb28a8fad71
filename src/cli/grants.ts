import type { AzureLog } from '../azure/poll/log.ts';
import { isAzureIdentity } from '../config/authentication/authentication.ts';
import type { AzureConfig } from '../config/azure/azure.ts';
import type { Config, ServerConfig } from '../config/config.ts';
import { alternatives, nearest, show } from '../config/value/wording.ts';
import { azureScript } from '../grants/azure.ts';
import { headLines, isComplete, missingRights } from '../grants/missing.ts';
import { type Target, targetOf, targets, targetTitles } from '../grants/need.ts';
import { grantScript, kindsOf, kindTitles, loginNames, type ScriptLogin } from '../grants/script.ts';
import type { AzureFailure, AzureReading, AzureState } from '../model/azure/state.ts';
import { lookAtLogin } from '../poll/once/look-at-login.ts';
import { systemClock } from '../poll/time/clock.ts';
import { connect } from '../sql/mssql-connection.ts';
import { type Command, CommandError, type Terminal } from './command.ts';
import { type Flag, type FlagValues, flagValue, isSet, UsageError } from './flags/flag.ts';
import { readAzureOnce } from './reading/azure.ts';
import { configFileFlag, loadConfigFile } from './reading/config-file.ts';

const forFlag: Flag = {
  name: 'for',
  group: 'Output',
  value: 'SERVER',
  help: 'The server of the configuration whose login is looked at. May be left out where there is one server only.',
};
const targetFlag: Flag = {
  name: 'target',
  group: 'Output',
  value: 'TARGET',
  choices: targets,
  help: 'Connect to nothing: print the script for this kind of server. With --for for the login of that server.',
};
const loginFlag: Flag = {
  name: 'login',
  group: 'Output',
  value: 'NAME',
  help: 'The name of the login in the script. Default: that of the configuration; for Entra ID milink-exporter',
};

const azureFlag: Flag = {
  name: 'azure',
  group: 'Output',
  help: "Print the role that the identity of the section azure needs, and what it lacks, for Azure's command line.",
};

/** As those of `check`: nothing could be told. */
const unknownExitCode = 3;

const notes = [
  'What is printed is T-SQL, to be read and then run by an administrator; what is',
  'missing stands above it as comments. Nothing is changed at the server.',
  '',
  'Exit codes:',
  '  0  the login has what it needs; also with --target',
  '  1  something is missing',
  '  3  it could not be told: no connection, or a view that did not answer; also a',
  '     mistake on the command line or in the configuration',
];

/** The script of a server's login, and what the login lacks. */
export const grants: Command = {
  name: 'grants',
  summary: "Print the script that gives a server's login what it needs, and what it lacks now",
  flags: [configFileFlag, forFlag, targetFlag, loginFlag, azureFlag],
  notes,
  errorExitCode: unknownExitCode,
  run: runGrants,
};

async function runGrants(values: FlagValues, terminal: Terminal): Promise<number> {
  if (isSet(values, azureFlag)) return runAzureGrants(values, terminal);
  const target = targets.find((each) => each === flagValue(values, targetFlag));
  if (target !== undefined && !values.has(forFlag.name)) {
    const login = { kind: 'sql', name: flagValue(values, loginFlag) || loginNames.sql } as const;
    terminal.writeOut(grantScript({ target, login, isErrorLogRead: false }));
    return 0;
  }
  const loaded = await loadConfigFile(flagValue(values, configFileFlag), terminal);
  if (loaded === null) return unknownExitCode;
  const server = chosenServer(loaded.config, flagValue(values, forFlag));
  const login = loginOf(server, flagValue(values, loginFlag));
  if (target === undefined) return lookAndPrint({ server, login, config: loaded.config }, terminal);
  terminal.writeOut(scriptOf(target, server, login));
  return 0;
}

async function runAzureGrants(values: FlagValues, terminal: Terminal): Promise<number> {
  for (const { name } of [forFlag, targetFlag, loginFlag]) {
    if (values.has(name)) throw new UsageError(`--${name} is of a server: leave it out with --${azureFlag.name}`);
  }
  const loaded = await loadConfigFile(flagValue(values, configFileFlag), terminal);
  if (loaded === null) return unknownExitCode;
  const { azure } = loaded.config;
  if (azure === undefined) throw new UsageError(`--${azureFlag.name}: the configuration has no section azure`);
  return printAzureGrants(azure, terminal);
}

function chosenServer({ servers }: Config, name: string): ServerConfig {
  const names = servers.map((server) => server.name);
  const found = name === '' && servers.length === 1 ? servers[0] : servers.find((server) => server.name === name);
  if (found !== undefined) return found;
  if (name === '') throw new UsageError(`--${forFlag.name} is missing: use ${alternatives(names.map(show))}`);
  const guess = nearest(name, names);
  const hint = guess === null ? `use ${alternatives(names.map(show))}` : `did you mean ${show(guess)}?`;
  throw new UsageError(`--${forFlag.name}: no server ${show(name)} in the configuration: ${hint}`);
}

function loginOf({ authentication }: ServerConfig, given: string): ScriptLogin {
  // What an identity is called in Entra ID only Entra ID knows: tokens and configurations hold its ids.
  if (isAzureIdentity(authentication)) return { kind: 'entra', name: given || loginNames.entra };
  const { type, username } = authentication;
  if (type === 'sql_login') return { kind: 'sql', name: given || username };
  return { kind: 'windows', name: given || `${authentication.domain}\\${username}` };
}

function scriptOf(target: Target, { errorLog }: ServerConfig, login: ScriptLogin): string {
  if (!kindsOf[target].includes(login.kind)) {
    throw new CommandError(
      `${targetTitles[target]} has no ${kindTitles[login.kind]}: use another --${targetFlag.name}`,
    );
  }
  return grantScript({ target, login, isErrorLogRead: errorLog !== undefined });
}

interface Chosen {
  readonly server: ServerConfig;
  readonly login: ScriptLogin;
  readonly config: Config;
}

async function lookAndPrint({ server, login, config }: Chosen, terminal: Terminal): Promise<number> {
  const { stop } = terminal;
  const options = { connect, clock: systemClock, timeoutSeconds: config.pollTimeoutSeconds, stop };
  const look = await lookAtLogin(server, options);
  if ('reason' in look) {
    const hint = `without a connection, --${targetFlag.name} prints the script: ${alternatives(targets)}`;
    throw new CommandError(`${server.name}: ${look.reason}: ${look.message} (${hint})`);
  }
  const target = targetOf(look.facts);
  const seen = { ...look, target };
  const missing = missingRights(seen, server.errorLog !== undefined);
  const complete = isComplete(seen, missing);
  const head = headLines({ server: server.name, target, version: look.facts.version, missing, isComplete: complete });
  terminal.writeOut(`${head.join('\n')}\n${scriptOf(target, server, login)}`);
  if (complete === null) return unknownExitCode;
  return complete ? 0 : 1;
}

const silent: AzureLog = { info: () => undefined, warn: () => undefined };

/** Prints the role and what is missing now. Resolves to 0 for nothing, 1 for rights, 3 where it could not be told. */
async function printAzureGrants(config: AzureConfig, terminal: Terminal): Promise<number> {
  const state = await readAzureOnce(config, { log: silent, stop: terminal.stop });
  const failures = failuresOf(state);
  const { authentication, subscriptions } = config;
  const script = azureScript({
    clientId: authentication.clientId,
    scopes: subscriptions.map(({ id, managedInstances }) => ({ subscriptionId: id, instances: managedInstances })),
  });
  terminal.writeOut(`${azureHeadLines(failures).join('\n')}\n\n${script}`);
  if (failures.length === 0) return 0;
  return failures.some(({ failure }) => failure.reason === 'forbidden') ? 1 : 3;
}

interface Failed {
  readonly what: string;
  readonly failure: AzureFailure;
}

function failuresOf({ subscriptions }: AzureState): readonly Failed[] {
  const of = (what: string, reading: AzureReading<unknown> | null): readonly Failed[] =>
    reading?.failure == null ? [] : [{ what, failure: reading.failure }];
  return subscriptions.flatMap(({ name, listing, instances }) => [
    ...of(`the instances of ${name}`, listing),
    ...instances.flatMap((each) => [
      ...of(each.name, listing === null ? each.instance : null),
      ...of(`links of ${each.name}`, each.links),
      ...of(`operations of ${each.name}`, each.operations),
      ...of(`certificates of ${each.name}`, each.endpointCertificates),
      ...of(`trusted certificates of ${each.name}`, each.serverTrustCertificates),
    ]),
  ]);
}

function azureHeadLines(failures: readonly Failed[]): readonly string[] {
  if (failures.length === 0) return ['# The identity reads everything: nothing is missing.'];
  const actions = [...new Set(failures.flatMap(({ failure }) => failure.action ?? []))].sort();
  return [
    ...(actions.length === 0 ? [] : ['# Missing now:', ...actions.map((action) => `#   ${action}`)]),
    '# Not read:',
    ...failures.map(({ what, failure }) => `#   ${what}: ${failure.reason}: ${oneLine(failure.message)}`),
  ];
}

/** What Azure says must not end the comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ');
}
