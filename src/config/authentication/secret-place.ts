import { resolve } from 'node:path';
import { relativeHint } from '../file/text-file.ts';
import { readSecret, type Secret, SecretError, secretFromFile, secretOf, withoutLineEnd } from '../secret/secret.ts';
import type { Context, Located } from '../value/mapping.ts';
import { isInlineSecret } from '../value/unknown-key.ts';
import { alternatives } from '../value/wording.ts';

/** A mapping of the file whose keys say where secrets are. */
export interface SecretKeys {
  readonly values: Readonly<Record<string, unknown>>;
  given(key: string): Located | null;
}

/** One secret, in the words of errors, and the keys that may say where it is. */
export interface SecretPlaces {
  readonly what: string;
  readonly keys: readonly string[];
}

/** One secret in one place. An inline one is already reported as an unknown key. */
export function reportPlaceCount(at: Located, { what, keys }: SecretPlaces, { report }: Context): void {
  if (at.node.kind !== 'mapping') return;
  const places = at.node.entries.filter(({ key }) => key !== null && keys.includes(key));
  const second = places[1];
  if (second !== undefined) {
    const choice = keys.length === 2 ? `either ${alternatives(keys)}` : `one of ${alternatives(keys)}`;
    report(at.path, second.line, `two ways of giving one ${what}: keep ${choice}`);
  }
  const inline = at.node.entries.some(({ key }) => key !== null && isInlineSecret(key));
  if (places.length === 0 && !inline) report(at.path, at.line, `no ${what}: give ${alternatives(keys)}`);
}

/** The secret that `key` names a file for; null when the key is absent. A file that can't be read is reported. */
export async function secretInFile(
  keys: SecretKeys,
  { key, what }: { readonly key: string; readonly what: string },
  { folder, report }: Context,
): Promise<Secret | null> {
  const given = keys.given(key);
  const path = keys.values[key];
  if (given === null || typeof path !== 'string') return null;
  const secret = secretFromFile(resolve(folder, path), what);
  try {
    await readSecret(secret);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    report(given.path, given.line, `${error.reason}${relativeHint(path, error.reason)}`);
  }
  return secret;
}

/** The secret in the environment variable that `key` names. Names no variable: a secret may be in the place of the name. */
export function secretInEnvironment(keys: SecretKeys, key: string, { env, report }: Context): Secret | null {
  const given = keys.given(key);
  const name = keys.values[key];
  if (given === null || typeof name !== 'string') return null;
  const value = Object.hasOwn(env, name) ? withoutLineEnd(env[name] ?? '') : undefined;
  if (value === undefined) report(given.path, given.line, 'the environment variable is not set');
  else if (value === '') report(given.path, given.line, 'the environment variable is empty');
  return value === undefined ? null : secretOf(value);
}
