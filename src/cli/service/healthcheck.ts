import { formatProblems } from '../../config/value/problem.ts';
import { readWebConfig } from '../../config/web/load.ts';
import { HealthProbeError, probeHealth } from '../../http/health-probe.ts';
import { type Command, CommandError, exitCodes, type Terminal } from '../command.ts';
import { durationOf, type Flag, type FlagValues, flagValue, isSet } from '../flags/flag.ts';
import { clientFlags, probeOf, serviceUrl } from './client.ts';

const defaultPlace = '127.0.0.1:10522/-/healthy';

const urlFlag: Flag = {
  name: 'url',
  group: 'Web',
  value: 'URL',
  help: `What to look at; healthy is an answer 200. Default: http://${defaultPlace}, or https with TLS in the web configuration`,
};
const webConfigFileFlag: Flag = {
  name: 'web.config.file',
  group: 'Web',
  value: 'PATH',
  help: 'The web configuration file of the exporter: says whether it serves TLS, and which certificate is its own.',
};
const timeoutFlag: Flag = {
  name: 'timeout',
  group: 'Web',
  value: 'DURATION',
  default: '5s',
  help: 'Time limit for all of it, 100ms to 1m.',
};
const notes = [
  'Exit codes: 0 healthy, 1 everything else. Made for the health check of a',
  'container in exec form: the image needs no shell and no curl.',
];

/** Asks a running exporter whether it is alive. */
export const healthcheck: Command = {
  name: 'healthcheck',
  summary: 'Ask a running exporter whether it is healthy, for containers without a shell',
  flags: [urlFlag, webConfigFileFlag, timeoutFlag, ...clientFlags],
  notes,
  // Docker reserves the exit code 2 of a health check.
  errorExitCode: exitCodes.failed,
  run: runHealthcheck,
};

async function runHealthcheck(values: FlagValues, terminal: Terminal): Promise<number> {
  const ownCertificate = await ownCertificateOf(values);
  const usual = `${ownCertificate === null ? 'http' : 'https'}://${defaultPlace}`;
  const url = serviceUrl(flagValue(values, urlFlag) || usual, urlFlag);
  const probe = await probeOf(values, { url, timeoutSeconds: timeoutOf(values), ownCertificate });
  try {
    await probeHealth(probe);
  } catch (error) {
    if (error instanceof HealthProbeError) throw new CommandError(`${probe.url.href}: ${error.message}`);
    throw error;
  }
  terminal.writeOut(`${probe.url.href} is healthy\n`);
  return exitCodes.ok;
}

/** Null when there is no web configuration, or no TLS in it. */
async function ownCertificateOf(values: FlagValues): Promise<string | null> {
  if (!isSet(values, webConfigFileFlag)) return null;
  const { config, problems } = await readWebConfig(flagValue(values, webConfigFileFlag));
  if (config === null) throw new CommandError(`--${webConfigFileFlag.name}: ${formatProblems(problems)}`);
  return config.tls?.cert ?? null;
}

function timeoutOf(values: FlagValues): number {
  return durationOf(values, timeoutFlag, { least: 100, most: 60_000 }) / 1000;
}
