import { authenticationSchemas } from '../authentication/schema.ts';
import { sections } from '../schema.ts';
import { alternatives, clientSecretNames, isPlainKey, nearest, passwordNames } from './wording.ts';

/** What to say of a key that its mapping doesn't have; `allowed` are those that it has. */
export function unknownKeyMessage(key: string | null, allowed: readonly string[]): string {
  if (key === '<<') return 'merge keys (`<<`) are not part of YAML 1.2: alias the whole value, or repeat the keys';
  if (key === null || !isPlainKey(key)) return 'a key that is not a plain name: is a space missing after a colon?';
  const name = snakeCase(key);
  const password = passwordMessage(name, allowed);
  if (password !== null) return password;
  const close = nearest(name, allowed);
  if (close !== null) return `unknown key: did you mean ${close}?`;
  const types = allowed.includes('type') ? typesWith(name) : [];
  if (types.length > 0) return `unknown key here: it belongs to type ${alternatives(types)}`;
  const elsewhere = sections.find(({ keys }) => keys.includes(name));
  if (elsewhere !== undefined) return `unknown key here: it belongs in ${elsewhere.place}`;
  return `unknown key: use ${alternatives(allowed)}`;
}

/** The types of authentication that have a key. */
function typesWith(key: string): readonly string[] {
  return Object.entries(authenticationSchemas).flatMap(([type, keys]) => (Object.hasOwn(keys, key) ? [type] : []));
}

/** The answer to an inline secret, misspelt or not, at whatever level it was tried. */
function passwordMessage(name: string, allowed: readonly string[]): string | null {
  if (!isInlineSecret(name)) return null;
  if (allowed.includes('client_secret_file') || clientSecretNames.includes(name)) {
    const keys = name.includes('certificate')
      ? 'client_certificate_password_file'
      : 'client_secret_file or client_secret_env';
    return `a secret is not written in this file: use ${keys}`;
  }
  return allowed.includes('password_file')
    ? 'a password is not written in this file: use password_file or password_env'
    : "a password is not written in this file: use password_file or password_env in a server's authentication";
}

/** Whether a key is an attempt at writing a secret into the file. */
export function isInlineSecret(key: string): boolean {
  const name = snakeCase(key);
  return passwordNames.includes(name) || clientSecretNames.includes(name) || nearest(name, ['password']) !== null;
}

function snakeCase(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
