import { type Scenario, scenarioNames } from '../simulator/scenario/index.ts';
import { type Flag, type FlagValues, flagValue, UsageError, wholeNumber } from './flag.ts';

export const scenarioFlag: Flag = {
  name: 'scenario',
  value: 'NAME',
  choices: scenarioNames,
  default: 'tour',
  help: 'What the simulated links do: tour moves through all stages in about three minutes, the others stand still.',
};
export const linksFlag: Flag = {
  name: 'links',
  value: 'N',
  default: '1',
  help: 'Number of simulated links (1 to 500).',
};
export const databasesFlag: Flag = {
  name: 'databases',
  value: 'N',
  default: '1',
  help: 'Number of databases of each link (1 to 100).',
};
export const speedFlag: Flag = {
  name: 'speed',
  value: 'FACTOR',
  default: '1',
  help: 'How many times faster than the clock the simulated links move (0.1 to 100).',
};

export const worldFlags: readonly Flag[] = [scenarioFlag, linksFlag, databasesFlag, speedFlag];
