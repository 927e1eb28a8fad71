import { inspect } from 'node:util';
import { withoutTrailing } from '../../model/without-trailing.ts';
import { readTextFile, TextFileError } from '../file/text-file.ts';

/** A file holds one secret, at most a chain of certificates: more is somebody's mistake. */
const maximumSizeBytes = 64 * 1024;

const mask = '<secret>';

/** A secret that could not be read: the message says where it should be and why it can't be used, never what it is. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  /** Which secret, as `password`. */
  readonly what: string;
  /** The message without the file's path, which is itself a secret where somebody put one in the path's place. */
  readonly reason: string;

  constructor({ what, path }: { readonly what: string; readonly path?: string }, reason: string) {
    super(path === undefined ? `${what}: ${reason}` : `${what} file ${path}: ${reason}`);
    this.what = what;
    this.reason = reason;
  }
}

/**
 * A value that shows as `<secret>` wherever it is printed, logged or turned into JSON. It holds the way to the value, in
 * a private field, so that neither a debugger's property list nor a structured clone carries it. See `readSecret`.
 */
export class Secret {
  readonly #read: () => Promise<string>;
  readonly #identity: string | symbol;

  /** Secrets of one identity are the same one; without an identity a secret is only itself. */
  constructor(read: () => Promise<string>, identity: string | symbol = Symbol('secret')) {
    this.#read = read;
    this.#identity = identity;
    Object.freeze(this);
  }

  /** For `readSecret` only. */
  static read(secret: Secret): Promise<string> {
    return secret.#read();
  }

  /** For `isSameSecret` only. */
  static isSame(one: Secret, other: Secret): boolean {
    return one.#identity === other.#identity;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

/** A secret whose value is known now, as one from the environment is. */
export function secretOf(value: string): Secret {
  return new Secret(async () => value, `value:${value}`);
}

/** A secret that is read from `path` (absolute) each time, so that a rotated one is picked up. `what` names it in errors. */
export function secretFromFile(path: string, what = 'password'): Secret {
  return new Secret(() => readSecretFile(path, what), `file:${path}`);
}

/** The secret's value now. Throws `SecretError` when its file can't be used any more. */
export function readSecret(secret: Secret): Promise<string> {
  return Secret.read(secret);
}

/**
 * Whether two secrets come from the same file, whatever is in it now, or are the same value: a file is read anew at each
 * login, so another text in it makes no other secret.
 */
export function isSameSecret(one: Secret, other: Secret): boolean {
  return Secret.isSame(one, other);
}

async function readSecretFile(path: string, what: string): Promise<string> {
  try {
    return secretInText(await readTextFile(path, maximumSizeBytes));
  } catch (error) {
    if (error instanceof TextFileError) throw new SecretError({ what, path }, error.message);
    throw error;
  }
}

/** Editors and `echo` end a text with a newline that is no part of the secret, in a file and in a variable alike. */
export function withoutLineEnd(text: string): string {
  return withoutTrailing(text, '\r\n');
}

function secretInText(text: string): string {
  const value = withoutLineEnd(text);
  if (value === '') throw new TextFileError('the file is empty');
  if (value.includes('\0')) throw new TextFileError('the file holds a NUL character: it is not a text file');
  return value;
}
