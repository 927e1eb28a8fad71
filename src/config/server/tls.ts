import { readAuthorities } from '../certificates/authorities.ts';
import type { TlsConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { tlsSchema } from '../schema.ts';
import { type Located, type Mapping, readMapping } from '../value/mapping.ts';

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
    ca: await readAuthorities(tls.given('ca_file'), context),
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
