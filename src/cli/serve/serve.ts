import type { Command } from '../command.ts';
import { logFormatFlag, logLevelFlag, shardFlags } from '../flags/service.ts';
import { configCheckFlag, configFileFlag } from '../reading/config-file.ts';
import { reloadFlags } from './reload.ts';
import { webFlags } from './web-flags.ts';

/** The daemon: polls the configured servers and serves /metrics until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  summary: 'Poll the configured servers and serve their metrics',
  flags: [configFileFlag, configCheckFlag, ...reloadFlags, ...shardFlags, ...webFlags, logLevelFlag, logFormatFlag],
  // Loaded when it runs: it is nearly all of the program, and the help text needs only the flags.
  run: async (values, terminal) => (await import('./run-serve.ts')).runServe(values, terminal),
};
