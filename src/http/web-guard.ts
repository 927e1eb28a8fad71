import type { NextFunction, Request, Response } from 'express';
import type { RateLimit } from '../config/web/web-config.ts';
import { answerBusy, answerText, goneSignal } from './answer.ts';
import { createBcrypt } from './bcrypt.ts';
import { clientAddress } from './load/client-address.ts';
import { connectionKey } from './load/connections.ts';
import { createLogin } from './login.ts';
import type { Protection } from './protection.ts';

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
