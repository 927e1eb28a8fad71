import { resolve } from 'node:path';
import { parseDuration } from '../config/duration.ts';
import { formatProblems } from '../config/problem.ts';
import { readSecret, SecretError, secretFromFile } from '../config/secret.ts';
import { readTextFile, TextFileError } from '../config/text-file.ts';
import { readWebConfig } from '../config/web/load.ts';
import { type HealthProbe, HealthProbeError, probeHealth } from '../http/health-probe.ts';
import { type Command, CommandError, exitCodes, type Terminal } from './command.ts';
import { type Flag, type FlagValues, flagValue, isSet, UsageError } from './flag.ts';

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
const caFileFlag: Flag = {
  name: 'tls.ca-file',
  group: 'Web',
  value: 'PATH',
  help: "PEM certificates to trust in place of the system's.",
};
const certFileFlag: Flag = {
  name: 'tls.cert-file',
  group: 'Web',
  value: 'PATH',
  help: 'The client certificate to show, PEM. Needs --tls.key-file.',
};
const keyFileFlag: Flag = {
  name: 'tls.key-file',
  group: 'Web',
  value: 'PATH',
  help: 'The key of the client certificate, PEM.',
};
const serverNameFlag: Flag = {
  name: 'tls.server-name',
  group: 'Web',
  value: 'NAME',
  help: "The name in the service's certificate, where it is not the host of the URL.",
};
const insecureFlag: Flag = {
  name: 'tls.insecure-skip-verify',
  group: 'Web',
  help: "Do not verify the service's certificate.",
};
const usernameFlag: Flag = {
  name: 'basic-auth.username',
  group: 'Web',
  value: 'NAME',
  help: 'Who logs in. Needs --basic-auth.password-file.',
};
const passwordFileFlag: Flag = {
  name: 'basic-auth.password-file',
  group: 'Web',
  value: 'PATH',
  help: 'The file that holds the password.',
};

const notes = [
  'Exit codes: 0 healthy, 1 everything else. Made for the health check of a',
  'container in exec form: the image needs no shell and no curl.',
];

const maximumFileBytes = 1024 * 1024;

/** Asks a running exporter whether it is alive. */
export const healthcheck: Command = {
  name: 'healthcheck',
  summary: 'Ask a running exporter whether it is healthy, for containers without a shell',
  flags: [
    urlFlag,
    webConfigFileFlag,
    timeoutFlag,
    caFileFlag,
    certFileFlag,
    keyFileFlag,
    serverNameFlag,
    insecureFlag,
    usernameFlag,
    passwordFileFlag,
  ],
  notes,
  // Docker reserves the exit code 2 of a health check.
  errorExitCode: exitCodes.failed,
  run: runHealthcheck,
};

async function runHealthcheck(values: FlagValues, terminal: Terminal): Promise<number> {
  const probe = await probeOf(values);
  try {
    await probeHealth(probe);
  } catch (error) {
    if (error instanceof HealthProbeError) throw new CommandError(`${probe.url.href}: ${error.message}`);
    throw error;
  }
  terminal.writeOut(`${probe.url.href} is healthy\n`);
  return exitCodes.ok;
}

async function probeOf(values: FlagValues): Promise<HealthProbe> {
  checkPair(values, certFileFlag, keyFileFlag);
  checkPair(values, usernameFlag, passwordFileFlag);
  if (isSet(values, insecureFlag) && isSet(values, caFileFlag))
    throw new UsageError(`--${insecureFlag.name} leaves --${caFileFlag.name} without an effect: give one of them`);
  const ownCertificate = await ownCertificateOf(values);
  const url = urlOf(values, ownCertificate !== null);
  const ca = await pemOf(values, caFileFlag);
  const cert = await pemOf(values, certFileFlag);
  const key = await pemOf(values, keyFileFlag);
  return {
    url,
    timeoutSeconds: timeoutOf(values),
    ca: ca ?? ownCertificate,
    isPinned: ca === null && ownCertificate !== null,
    clientCertificate: cert === null || key === null ? null : { cert, key },
    serverName: isSet(values, serverNameFlag) ? flagValue(values, serverNameFlag) : null,
    isInsecure: isSet(values, insecureFlag),
    basicAuth: await basicAuthOf(values),
  };
}

function urlOf(values: FlagValues, isEncrypted: boolean): URL {
  const url = URL.parse(flagValue(values, urlFlag) || `${isEncrypted ? 'https' : 'http'}://${defaultPlace}`);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    // The text may hold a password: it is not repeated.
    throw new UsageError(`--${urlFlag.name}: not a URL that starts with http:// or https://`);
  }
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      `--${urlFlag.name}: a URL is seen in process lists: use --${usernameFlag.name} and --${passwordFileFlag.name}`,
    );
  return url;
}

/** Null when there is no web configuration, or no TLS in it. */
async function ownCertificateOf(values: FlagValues): Promise<string | null> {
  if (!isSet(values, webConfigFileFlag)) return null;
  const { config, problems } = await readWebConfig(flagValue(values, webConfigFileFlag));
  if (config === null) throw new CommandError(`--${webConfigFileFlag.name}: ${formatProblems(problems)}`);
  return config.tls?.cert ?? null;
}

function timeoutOf(values: FlagValues): number {
  const text = flagValue(values, timeoutFlag);
  const milliseconds = parseDuration(text);
  if (milliseconds !== null && milliseconds >= 100 && milliseconds <= 60_000) return milliseconds / 1000;
  throw new UsageError(`--${timeoutFlag.name}: "${text}" is not a duration from 100ms to 1m`);
}

function checkPair(values: FlagValues, one: Flag, other: Flag): void {
  if (isSet(values, one) === isSet(values, other)) return;
  const [given, missing] = isSet(values, one) ? [one, other] : [other, one];
  throw new UsageError(`--${given.name} needs --${missing.name} too`);
}

async function pemOf(values: FlagValues, flag: Flag): Promise<string | null> {
  if (!isSet(values, flag)) return null;
  const path = flagValue(values, flag);
  try {
    return await readTextFile(path, maximumFileBytes);
  } catch (error) {
    if (error instanceof TextFileError) throw new CommandError(`--${flag.name}: ${path}: ${error.message}`);
    throw error;
  }
}

async function basicAuthOf(values: FlagValues): Promise<HealthProbe['basicAuth']> {
  if (!isSet(values, usernameFlag)) return null;
  try {
    const password = await readSecret(secretFromFile(resolve(flagValue(values, passwordFileFlag))));
    return { username: flagValue(values, usernameFlag), password };
  } catch (error) {
    if (error instanceof SecretError) throw new CommandError(`--${passwordFileFlag.name}: ${error.message}`);
    throw error;
  }
}
