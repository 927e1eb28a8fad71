import { resolve } from 'node:path';
import { readTextFile, TextFileError } from '../../config/file/text-file.ts';
import { readSecret, SecretError, secretFromFile } from '../../config/secret/secret.ts';
import type { HealthProbe } from '../../http/health-probe.ts';
import { CommandError } from '../command.ts';
import { type Flag, type FlagValues, flagValue, isSet, UsageError } from '../flags/flag.ts';

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

const maximumFileBytes = 1024 * 1024;

/** How to reach a running exporter, whatever its web configuration asks for. */
export const clientFlags: readonly Flag[] = [
  caFileFlag,
  certFileFlag,
  keyFileFlag,
  serverNameFlag,
  insecureFlag,
  usernameFlag,
  passwordFileFlag,
];

/** What a command says of the service besides these flags. */
export interface ServiceAddress {
  readonly url: URL;
  readonly timeoutSeconds: number;
  /** The service's own certificate where it is known, PEM. */
  readonly ownCertificate: string | null;
}

/**
 * Puts together how to ask a service.
 * @throws UsageError for flags that do not go together, CommandError for a file that can't be read
 */
export async function probeOf(values: FlagValues, address: ServiceAddress): Promise<HealthProbe> {
  const { ownCertificate } = address;
  checkPair(values, certFileFlag, keyFileFlag);
  checkPair(values, usernameFlag, passwordFileFlag);
  if (isSet(values, insecureFlag) && isSet(values, caFileFlag))
    throw new UsageError(`--${insecureFlag.name} leaves --${caFileFlag.name} without an effect: give one of them`);
  const ca = await pemOf(values, caFileFlag);
  const cert = await pemOf(values, certFileFlag);
  const key = await pemOf(values, keyFileFlag);
  return {
    url: address.url,
    timeoutSeconds: address.timeoutSeconds,
    ca: ca ?? ownCertificate,
    isPinned: ca === null && ownCertificate !== null,
    clientCertificate: cert === null || key === null ? null : { cert, key },
    serverName: isSet(values, serverNameFlag) ? flagValue(values, serverNameFlag) : null,
    isInsecure: isSet(values, insecureFlag),
    basicAuth: await basicAuthOf(values),
  };
}

/** A host with or without a port. */
const plainAddress = /^[\w.-]{1,80}(?::\d{1,5})?$/;

/** @throws UsageError */
export function serviceUrl(text: string, flag: Flag): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    // The text may hold a password: it is not repeated.
    const hint = plainAddress.test(text) ? ': put http:// or https:// before the host' : '';
    throw new UsageError(`--${flag.name}: not a URL that starts with http:// or https://${hint}`);
  }
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      `--${flag.name}: a URL is seen in process lists: use --${usernameFlag.name} and --${passwordFileFlag.name}`,
    );
  return url;
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
