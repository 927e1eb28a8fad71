import type { RateLimit } from '../config/web/web-config.ts';

/** Whether a request may be answered now; the answer true takes one from the bucket. */
export type RateLimiter = () => boolean;

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
