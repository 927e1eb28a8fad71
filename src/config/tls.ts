import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import type { TlsConfig } from './config.ts';
import type { Context } from './context.ts';
import { type Located, type Mapping, readMapping } from './mapping.ts';
import { tlsSchema } from './schema.ts';
import { readTextFile, relativeHint, TextFileError } from './text-file.ts';
import { show } from './wording.ts';

/** A bundle of all public authorities is a quarter of this. */
const maximumSizeBytes = 1024 * 1024;

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

type TlsKeys = Mapping<{
  mode: TlsConfig['mode'];
  ca_file: string | null;
  server_name: string | null;
  trust_server_certificate: boolean;
}>;

/** Reads `tls`; null, for one that is absent or reported, gives the safe defaults. */
export async function readTls(at: Located | null, context: Context): Promise<TlsConfig> {
  if (at === null) return { mode: 'encrypt', ca: null, serverName: null, trustServerCertificate: false };
  const tls = readMapping(tlsSchema, at, context.report);
  reportContradictions(tls, context);
  warnOfWeakness(tls, context);
  return {
    mode: tls.values.mode,
    ca: await readAuthorities(tls, context),
    serverName: tls.values.server_name,
    trustServerCertificate: tls.values.trust_server_certificate,
  };
}

function reportContradictions(tls: TlsKeys, { report }: Context): void {
  const { mode, trust_server_certificate: trusted } = tls.values;
  const authorities = tls.given('ca_file');
  const name = tls.given('server_name');
  const trust = tls.given('trust_server_certificate');
  if (mode === 'off') {
    for (const given of [authorities, name, trusted ? trust : null]) {
      if (given !== null) report(given.path, given.line, 'contradicts mode off, which has no certificates: remove one');
    }
  } else if (trusted && trust !== null && mode === 'strict') {
    // TDS 8 verifies always, and so does tedious: the key would promise what doesn't happen.
    report(trust.path, trust.line, 'contradicts mode strict, which always verifies: give ca_file, or mode encrypt');
  } else if (trusted && authorities !== null) {
    report(
      authorities.path,
      authorities.line,
      'contradicts trust_server_certificate, which verifies nothing: remove one',
    );
  }
}

function warnOfWeakness(tls: TlsKeys, { warn }: Context): void {
  if (tls.values.mode === 'off') {
    warn({ path: `${tls.path}.mode`, message: 'TLS is off: the password and the data are readable on the network' });
  } else if (tls.values.trust_server_certificate) {
    warn({
      path: `${tls.path}.trust_server_certificate`,
      message: "the server's certificate is not verified: whoever is in between can read the password and the data",
    });
  }
}

async function readAuthorities(tls: TlsKeys, { folder, report }: Context): Promise<string | null> {
  const given = tls.given('ca_file');
  const path = tls.values.ca_file;
  if (given === null || path === null) return null;
  try {
    return certificatesIn(await readTextFile(resolve(folder, path), maximumSizeBytes));
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    report(given.path, given.line, `${show(path)}: ${error.message}${relativeHint(path, error.message)}`);
    return null;
  }
}

/** The certificates of a PEM text and nothing else of it, as a private key in the same file. */
function certificatesIn(text: string): string {
  const blocks = text.match(certificatePattern) ?? [];
  if (blocks.length === 0) throw new TextFileError('the file holds no PEM certificate (-----BEGIN CERTIFICATE-----)');
  for (const [index, block] of blocks.entries()) {
    if (!isCertificate(block))
      throw new TextFileError(`the file's certificate ${index + 1} of ${blocks.length} is damaged`);
  }
  return `${blocks.join('\n')}\n`;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== null;
  } catch {
    return false;
  }
}
