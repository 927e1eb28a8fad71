import { alternatives, isPlainKey, nearest } from '../value/wording.ts';
import { headersSchema, httpServerSchema, rateLimitSchema, tlsServerSchema, webSchema } from './schema.ts';

const sections: readonly (readonly [place: string, keys: readonly string[]])[] = [
  ['the top level', Object.keys(webSchema)],
  ['tls_server_config', Object.keys(tlsServerSchema)],
  ['http_server_config', Object.keys(httpServerSchema)],
  ['http_server_config.headers', Object.keys(headersSchema)],
  ['rate_limit', Object.keys(rateLimitSchema)],
];

/** What to say of a key that a mapping of the web configuration file doesn't have. */
export function unknownWebKeyMessage(key: string | null, allowed: readonly string[]): string {
  if (key === '<<') return 'merge keys (`<<`) are not part of YAML 1.2: alias the whole value, or repeat the keys';
  if (key === null || !isPlainKey(key)) return 'a key that is not a plain name: is a space missing after a colon?';
  const close = nearest(key, allowed);
  if (close !== null) return `unknown key: did you mean ${close}?`;
  const elsewhere = sections.find(([, keys]) => keys.includes(key));
  if (elsewhere !== undefined) return `unknown key here: it belongs in ${elsewhere[0]}`;
  return `unknown key: use ${alternatives(allowed)}`;
}
