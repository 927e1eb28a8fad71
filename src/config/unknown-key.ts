import { sections } from './schema.ts';
import { alternatives, isPlainKey, nearest, passwordNames } from './wording.ts';

/** What to say of a key that its mapping doesn't have; `allowed` are those that it has. */
export function unknownKeyMessage(key: string | null, allowed: readonly string[]): string {
  if (key === '<<') return 'merge keys (`<<`) are not part of YAML 1.2: alias the whole value, or repeat the keys';
  if (key === null || !isPlainKey(key)) return 'a key that is not a plain name: is a space missing after a colon?';
  const name = snakeCase(key);
  const password = passwordMessage(name, allowed);
  if (password !== null) return password;
  const close = nearest(name, allowed);
  if (close !== null) return `unknown key: did you mean ${close}?`;
  const elsewhere = sections.find(({ keys }) => keys.includes(name));
  if (elsewhere !== undefined) return `unknown key here: it belongs in ${elsewhere.place}`;
  return `unknown key: use ${alternatives(allowed)}`;
}

/** The answer to an inline password, misspelt or not, at whatever level it was tried. */
function passwordMessage(name: string, allowed: readonly string[]): string | null {
  if (!isInlinePassword(name)) return null;
  return allowed.includes('password_file')
    ? 'a password is not written in this file: use password_file or password_env'
    : "a password is not written in this file: use password_file or password_env in a server's authentication";
}

/** Whether a key is an attempt at writing the password into the file. */
export function isInlinePassword(key: string): boolean {
  const name = snakeCase(key);
  return passwordNames.includes(name) || nearest(name, ['password']) !== null;
}

function snakeCase(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
