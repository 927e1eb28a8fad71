import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { costOf } from '../config/web/load.ts';
import type { RateLimit } from '../config/web/web-config.ts';
import { type Bcrypt, createBcrypt, type LoginAsker } from './bcrypt.ts';
import { clientAddress, connectionKey } from './load/connections.ts';
import type { Protection } from './protection.ts';
import { answerBusy, answerText, goneSignal } from './route.ts';

/** What stands before every place of the exporter, in Express' form. */
export type Guard = (request: Request, response: Response, next: NextFunction) => Promise<void>;

/** Enforces the web configuration on each request, in the toolkit's order: file, rate limit, headers, users. */
export function createWebGuard(protection: Protection): Guard {
  const { rateLimit } = protection.initial.config;
  const mayPass = rateLimit === null ? () => true : createRateLimiter(rateLimit, () => performance.now() / 1000);
  const login = createLogin(createBcrypt());
  return async (request, response, next) => {
    const state = await protection.current();
    if (state === null)
      return answerText(response, 500, "the web configuration file can't be used: see the log of milink-exporter\n");
    if (!mayPass()) return answerText(response, 429, 'too many requests: the web configuration has a rate_limit\n');
    const { headers, users } = state.config;
    for (const [name, value] of headers) response.setHeader(name, value);
    if (users.size === 0) return next();
    const { headers: sent, socket } = request;
    const asker = { client: clientAddress(socket), connection: connectionKey(socket), gone: goneSignal(response) };
    const verdict = await login(sent.authorization, users, asker);
    if (verdict === 'good') {
      response.locals.isLoggedIn = true;
      return next();
    }
    if (verdict === 'busy') return answerBusy(response, 'too many logins of yours are being checked: try again\n');
    response.setHeader('WWW-Authenticate', 'Basic realm="milink-exporter", charset="UTF-8"');
    answerText(response, 401, 'unauthorized: give a user and a password of basic_auth_users\n');
  };
}

/** Whether a request may be answered now; the answer true takes one from the bucket. */
type RateLimiter = () => boolean;

/** A bucket that starts full: `burst` requests, and one more after each interval. `nowSeconds` never goes back. */
export function createRateLimiter({ intervalSeconds, burst }: RateLimit, nowSeconds: () => number): RateLimiter {
  let tokens = burst;
  let filledAt = nowSeconds();
  return () => {
    const now = nowSeconds();
    tokens = Math.min(burst, tokens + (now - filledAt) / intervalSeconds);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** `busy`: whoever asks has too many logins that are being checked. */
export type LoginVerdict = 'good' | 'bad' | 'busy';

/** Says whether an Authorization header logs in one of these users, who are given with their bcrypt hashes. */
type Login = (
  authorization: string | undefined,
  users: ReadonlyMap<string, string>,
  asker: Omit<LoginAsker, 'user'>,
) => Promise<LoginVerdict>;

interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Creates a check of HTTP's basic authentication. A good login is remembered, as a digest and one for each user, so that a
 * scrape costs no bcrypt; a bad one is not, so that guessing pushes nothing out. An unknown user costs what a known one does.
 */
export function createLogin(bcrypt: Bcrypt): Login {
  const secret = randomBytes(32);
  const good = new Map<string, Buffer>();
  const underWay = new Map<string, Promise<boolean | null>>();
  const digest = (...parts: readonly string[]): Buffer =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest();

  /** One computation for all who ask the same at the same time. */
  async function compare(
    key: string,
    [password, hash]: readonly [string, string],
    asker: LoginAsker,
  ): Promise<boolean | null> {
    const present = underWay.get(key);
    const shared = present === undefined ? null : await present;
    // Null was for whoever asked first.
    if (shared !== null) return shared;
    const own = bcrypt(password, hash, asker).finally(() => underWay.delete(key));
    underWay.set(key, own);
    return own;
  }

  return async (authorization, users, asker) => {
    const credentials = credentialsOf(authorization);
    if (credentials === null) return 'bad';
    const { user, password } = credentials;
    const known = users.get(user);
    const hash = known ?? decoyOf(digest(user), [...users.values()]);
    const mark = digest(user, hash, password);
    const former = good.get(user);
    if (known !== undefined && former !== undefined && timingSafeEqual(former, mark)) return 'good';
    const matches = await compare(mark.toString('base64'), [password, hash], { ...asker, user });
    if (matches === null) return 'busy';
    if (!matches || known === undefined) return 'bad';
    for (const name of good.keys()) if (!users.has(name)) good.delete(name);
    good.set(user, mark);
    return 'good';
  };
}

/** RFC 7617 section 2; null when the header is absent or another one. */
function credentialsOf(authorization: string | undefined): Credentials | null {
  const encoded = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * A hash that no password has, for a user that does not exist. It costs what the hash of one of the users costs, always of
 * the same one, so that time tells nothing where their costs differ either.
 */
function decoyOf(userDigest: Buffer, hashes: readonly string[]): string {
  const model = hashes[userDigest.readUInt32BE() % Math.max(1, hashes.length)];
  const cost = model === undefined ? 10 : costOf(model);
  return `$2y$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
}
