import { certificatesOf, PemError, privateKeyOf } from '../file/pem.ts';
import { relativeHint, TextFileError } from '../file/text-file.ts';
import { secretOf } from '../secret/secret.ts';
import type { Mapping } from '../value/mapping.ts';
import { show } from '../value/wording.ts';
import type { WebContext } from './section.ts';
import type { TlsVersionName, WebTls } from './web-config.ts';

/** A key of the section that holds a PEM text; with `_file` added, the key that names a file of it. */
type PemKey = 'cert' | 'key' | 'client_ca';

/** A PEM text and the key that it came from. */
interface Pem {
  readonly key: `${PemKey}` | `${PemKey}_file`;
  readonly text: string;
}

/** The certificate, its key and the authorities of clients, checked; null where one is missing or was reported. */
export async function readMaterial(
  section: TlsKeys,
  context: WebContext,
): Promise<{ cert: string | null; key: WebTls['key'] | null; clientCa: string | null }> {
  const [cert, key, ca] = [
    await readPem(section, 'cert', context),
    await readPem(section, 'key', context),
    await readPem(section, 'client_ca', context),
  ];
  const chain = cert === null ? null : parsed(section, cert, { context, parse: certificatesOf });
  const privateKey = key === null ? null : parsed(section, key, { context, parse: privateKeyOf });
  const authorities = ca === null ? null : parsed(section, ca, { context, parse: certificatesOf });
  if (cert !== null && key !== null && privateKey !== null && chain?.[0]?.checkPrivateKey(privateKey) === false) {
    const given = section.given(key.key);
    context.report(given?.path ?? section.path, given?.line ?? null, `not the key of the certificate in ${cert.key}`);
  }
  return {
    cert: chain?.map(String).join('') ?? null,
    key: key === null || privateKey === null ? null : secretOf(key.text),
    clientCa: authorities?.map(String).join('') ?? null,
  };
}

async function readPem(section: TlsKeys, key: PemKey, { report, readFile }: WebContext): Promise<Pem | null> {
  const fileKey = `${key}_file` as const;
  const [inline, file] = [section.given(key), section.given(fileKey)];
  if (inline !== null && file !== null)
    report(inline.path, inline.line, `${key} and ${fileKey} are both given: keep one`);
  const [text, path] = [section.values[key], section.values[fileKey]];
  if (inline !== null && text !== null) return { key, text };
  if (file === null || path === null) return null;
  try {
    return { key: fileKey, text: await readFile(path) };
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    report(file.path, file.line, `${show(path)}: ${error.message}${relativeHint(path, error.message)}`);
    return null;
  }
}

function parsed<T>(
  section: TlsKeys,
  { key, text }: Pem,
  { context, parse }: { readonly context: WebContext; readonly parse: (text: string) => T },
): T | null {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof PemError)) throw error;
    const given = section.given(key);
    const what = key.endsWith('_file') ? 'the file' : 'the text';
    context.report(given?.path ?? section.path, given?.line ?? null, `${what} ${error.message}`);
    return null;
  }
}

/** `tls_server_config`, its values checked one by one. */
export type TlsKeys = Mapping<{
  cert: string | null;
  key: string | null;
  client_ca: string | null;
  cert_file: string | null;
  key_file: string | null;
  client_ca_file: string | null;
  client_auth_type: string | null;
  client_allowed_sans: null;
  min_version: TlsVersionName;
  max_version: TlsVersionName;
  cipher_suites: null;
  prefer_server_cipher_suites: boolean;
  curve_preferences: null;
}>;
