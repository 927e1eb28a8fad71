/** Longer texts are cut: the rest helps nobody in a log line. */
const maximumMessageCharacters = 300;

/** All that a token is written with, and what it stands in without a space. */
const tokenCharacters = /[\w.-]+/g;

/** What Entra ID adds for its own support, and @azure/identity as advice for developers. */
const noise = [
  /Trace ID:.*$/is,
  /To troubleshoot, visit https?:\S+/gi,
  /\bFor more information,? (?:see|visit)\b.*$/is,
];

/** No token could be had. The message is for people and holds neither a token nor a secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

export interface TokenErrorContext {
  /** Taken out of the message. */
  readonly secrets?: readonly string[];
  /** Why the last request got no answer; null: each got one. */
  readonly networkError?: unknown;
}

/** Turns whatever the library threw into a TokenError. Never throws. */
export function tokenErrorOf(
  error: unknown,
  { secrets = [], networkError = null }: TokenErrorContext = {},
): TokenError {
  const texts = [...new Set(textsOf(error))];
  // The default chain says for each of its ways why it failed; of the others only the network knows.
  const isSingle = networkError !== null && texts.length < 2;
  const text = isSingle
    ? `no answer to the request for a token: ${textsOf(networkError).join('; ')}`
    : texts.join('; ');
  return new TokenError(shortened(withoutSecrets(text === '' ? 'unknown error' : text, secrets)));
}

/** The error's own words, or those of the errors that it gathers, as the default chain does. */
function textsOf(error: unknown, depth = 0): readonly string[] {
  const inner = field(error, 'errors');
  if (Array.isArray(inner) && depth < 3) return inner.flatMap((each) => textsOf(each, depth + 1));
  const described = field(field(error, 'errorResponse'), 'errorDescription');
  const message = [described, field(error, 'message')].find((text) => typeof text === 'string' && text !== '');
  const code = field(error, 'code') ?? field(field(error, 'cause'), 'code');
  if (typeof message !== 'string') return typeof code === 'string' ? [code] : [];
  return [typeof code === 'string' && !message.includes(code) ? `${message} (${code})` : message];
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret !== '');
  return withoutTokens(known.reduce((hidden, secret) => hidden.replaceAll(secret, '<secret>'), text));
}

/** The text without whatever in it looks like a token. */
export function withoutTokens(text: string): string {
  return text.replace(tokenCharacters, withoutToken);
}

/** Any JSON Web Token starts like this: its header is base64url of `{"`. It goes with whatever touches its end. */
function withoutToken(characters: string): string {
  const start = characters.search(/\beyJ/);
  return start >= 0 && characters.includes('.', start) ? `${characters.slice(0, start)}<token>` : characters;
}

function shortened(text: string): string {
  const line = noise
    .reduce((rest, pattern) => rest.replace(pattern, ''), text)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return line.length > maximumMessageCharacters ? `${line.slice(0, maximumMessageCharacters)}…` : line;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
