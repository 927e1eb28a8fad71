import { type Pair, type PairOptions, startPair } from '../../simulator/pair.ts';
import { type Scenario, scenarioNames } from '../../simulator/scenario/index.ts';
import { CommandError } from '../command.ts';
import {
  durationOf,
  type Flag,
  type FlagValues,
  flagValue,
  flagValueList,
  UsageError,
  wholeNumber,
} from '../flags/flag.ts';
import { addressOf } from '../flags/service.ts';

const listenFlag: Flag = {
  name: 'simulator.listen',
  group: 'Simulation',
  value: 'ADDRESS',
  isRepeatable: true,
  help: 'Where the simulated servers listen; give it twice, the SQL Server end first. Default: 127.0.0.1:0 for both, a free port.',
};
const userFlag: Flag = {
  name: 'simulator.user',
  group: 'Simulation',
  value: 'NAME',
  default: 'milink',
  help: 'The login of both servers.',
};
const passwordFlag: Flag = {
  name: 'simulator.password',
  group: 'Simulation',
  value: 'PASSWORD',
  default: 'milink-demo',
  help: 'Its password.',
};
const scenarioFlag: Flag = {
  name: 'scenario',
  group: 'Simulation',
  value: 'NAME',
  choices: scenarioNames,
  default: 'tour',
  help: 'What the links do: tour moves through every stage in about three minutes, planned-failover and forced-failover move too, the others stand still.',
};
const linksFlag: Flag = {
  name: 'links',
  group: 'Simulation',
  value: 'N',
  default: '1',
  help: 'Number of links, 1 to 500.',
};
const databasesFlag: Flag = {
  name: 'databases',
  group: 'Simulation',
  value: 'N',
  default: '1',
  help: 'Number of databases of each link, 1 to 100.',
};
const speedFlag: Flag = {
  name: 'speed',
  group: 'Simulation',
  value: 'FACTOR',
  default: '1',
  help: 'How many times faster than the clock a scenario moves, 0.01 to 100. At 0.1 the stages of the tour are long enough for the alerts.',
};
const healthyFirstFlag: Flag = {
  name: 'healthy-first',
  group: 'Simulation',
  value: 'DURATION',
  default: '0s',
  help: 'How long a scenario that stands still is healthy before it begins, up to 1d: some alerts ask what was before.',
};

const delayFlag: Flag = {
  name: 'delay',
  group: 'Simulation',
  value: 'DURATION',
  default: '0s',
  help: 'How long a round trip to the servers takes, up to 10s: what a client sends is held back so long. Connecting by TCP is not.',
};

/** The flags that say what is simulated. */
export const simulatorFlags: readonly Flag[] = [
  scenarioFlag,
  linksFlag,
  databasesFlag,
  speedFlag,
  healthyFirstFlag,
  delayFlag,
  listenFlag,
  userFlag,
  passwordFlag,
];

/** How far Azure is behind the servers: recordings have 8 to 20 s, and a demo has less patience. */
const behindMilliseconds = 3000;

/** The login that the flags give, for whoever connects. */
export function simulatorLogin(values: FlagValues): { readonly username: string; readonly password: string } {
  return { username: flagValue(values, userFlag), password: flagValue(values, passwordFlag) };
}

/** The login that may also make jobs, for `test-network`; it has the same password. */
export function administratorOf(username: string): string {
  return `${username}-admin`;
}

/**
 * Starts the pair that the flags ask for.
 * @throws UsageError for a value that can't be; CommandError when a server can't listen.
 */
export async function startSimulator(values: FlagValues): Promise<Pair> {
  const { username, password } = simulatorLogin(values);
  const options: PairOptions = {
    scenario: scenarioOf(values),
    links: wholeNumber(values, linksFlag, { minimum: 1, maximum: 500 }),
    databases: wholeNumber(values, databasesFlag, { minimum: 1, maximum: 100 }),
    speed: speedOf(values),
    healthyFirstMilliseconds: healthyFirstOf(values),
    delayMilliseconds: simulatorDelay(values),
    accounts: [
      { name: username, password },
      { name: administratorOf(username), password, permissions: ['CONTROL SERVER'] },
    ],
    azure: { behindMilliseconds },
    ...placesOf(values),
  };
  return startPair(options).catch((error: unknown) => {
    throw new CommandError(`the simulated servers can't listen: ${error instanceof Error ? error.message : error}`);
  });
}

function scenarioOf(values: FlagValues): Scenario {
  return scenarioNames.find((name) => name === flagValue(values, scenarioFlag)) ?? 'tour';
}

function speedOf(values: FlagValues): number {
  const text = flagValue(values, speedFlag);
  const speed = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && speed >= 0.01 && speed <= 100) return speed;
  throw new UsageError(`--${speedFlag.name}: "${text}" is not a number from 0.01 to 100`);
}

function healthyFirstOf(values: FlagValues): number {
  return durationOf(values, healthyFirstFlag, { least: 0, most: 86_400_000 });
}

/** How long a round trip is to take, in milliseconds. */
export function simulatorDelay(values: FlagValues): number {
  return durationOf(values, delayFlag, { least: 0, most: 10_000 });
}

/** Where servers are to listen, as far as that was given. */
export function simulatorPlaces(values: FlagValues): readonly { readonly host: string; readonly port: number }[] {
  return flagValueList(values, listenFlag)
    .map((text) => addressOf(text, listenFlag))
    .map(({ host, port }) => ({ host: host ?? '::', port }));
}

function placesOf(values: FlagValues): Pick<PairOptions, 'hosts' | 'ports'> {
  const given = flagValueList(values, listenFlag);
  if (given.length > 2)
    throw new UsageError(`--${listenFlag.name} is given ${given.length} times: a pair has two servers`);
  const [sqlServer, managedInstance] = [...given, '127.0.0.1:0', '127.0.0.1:0'].map((text) =>
    addressOf(text, listenFlag),
  );
  return {
    hosts: { sqlServer: sqlServer?.host ?? '::', managedInstance: managedInstance?.host ?? '::' },
    ports: { sqlServer: sqlServer?.port ?? 0, managedInstance: managedInstance?.port ?? 0 },
  };
}
