import { distance } from 'fastest-levenshtein';

/** Longer values help nobody in a one-line message. */
const maximumShownCharacters = 60;

/** A connection string or a URL with a login in it, pasted into the wrong place. */
const mayHoldSecret = /pass|pwd|secret|token|credential|[=;@]/i;

/** Stands for a mapping of the file wherever a single value is looked at; what is inside is nobody's business there. */
export const mappingValue: unique symbol = Symbol('mapping');

/** A value for an error message: quoted, short, printable, and left out when it may hold a secret. */
export function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return showKind(value);
  if (value.length > maximumShownCharacters || mayHoldSecret.test(value)) return 'this text';
  const quoted = JSON.stringify(value).replaceAll('\\\\', '\\');
  return quoted.replace(/[\p{C}\u2028\u2029]/gu, escapeCharacter);
}

/** As `show`, for a place where a secret may have been put by mistake: says only what kind of value it is. */
export function showKind(value: unknown): string {
  if (value === mappingValue) return 'a mapping';
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What people call a password that they write into the file. */
export const passwordNames: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'pass',
  'pwd',
  'secret',
  'sql_password',
  'user_password',
];

/** What people call the secret of an application that they write into the file. */
export const clientSecretNames: readonly string[] = ['client_secret', 'client_certificate_password'];

const namesThatMayBeShown = new Set([
  ...passwordNames,
  ...clientSecretNames,
  ...['password_file', 'password_env', 'client_secret_file', 'client_secret_env', 'client_certificate_password_file'],
  'token_file',
]);

/** Whether a key looks like one. Anything else may be a value whose colon was forgotten. */
export function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/.test(key);
}

/** A key for an error message; null when it may hold a secret. */
export function showKey(key: string | null): string | null {
  if (key === null || !isPlainKey(key)) return null;
  return mayHoldSecret.test(key) && !namesThatMayBeShown.has(key) ? null : key;
}

/** The candidate that `text` is most likely a misspelling of; null when none is near enough. */
export function nearest(text: string, candidates: readonly string[]): string | null {
  // The work grows with the product of the lengths.
  if (text.length > 128) return null;
  const wanted = text.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, candidate.length / 3) || resembles(wanted, candidate))
    .toSorted((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate ?? null;
}

/** Letters in another order, the first few of them, a longer form (`warning` of `warn`), other signs between, or the initials. */
function resembles(wanted: string, candidate: string): boolean {
  const lower = candidate.toLowerCase();
  const [plain, own] = [wanted, lower].map((word) => word.replaceAll(/[-_. ]/g, '')) as [string, string];
  const initials = lower
    .split(/[-_. ]/)
    .map((word) => word.charAt(0))
    .join('');
  return (
    lettersOf(plain) === lettersOf(own) ||
    (plain.length > 2 && own.startsWith(plain)) ||
    // Of one word only: password_file is no misspelling of password.
    (plain === wanted && own.length > 2 && plain.length <= 2 * own.length && plain.startsWith(own)) ||
    (wanted.length > 1 && wanted === initials)
  );
}

function lettersOf(word: string): string {
  return [...word].toSorted().join('');
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Ends a check: the message becomes the problem. */
export function refuse(message: string): never {
  throw new Error(message);
}

/** The value as a text; anything else is refused as not being a `kind`. */
export function textOf(value: unknown, kind: string): string {
  if (typeof value === 'string') return value;
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  return refuse(`${showKind(value)} is not ${kind}${scalar ? ': put it in quotes' : ''}`);
}
