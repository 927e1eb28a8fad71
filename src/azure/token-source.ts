import type { Token } from './token.ts';

/** The token of one identity: asked for once, kept, and renewed before it ends. */
export interface TokenSource {
  /** A token that is good for a login now. Rejects as the request does when there is none. */
  readonly get: (signal: AbortSignal) => Promise<string>;
  /**
   * Asks for a new one when the end of the old one is near, so that a login never has to wait for it. Does nothing
   * before the first login. Never rejects: the old one is good until its end, and the next call tries again.
   */
  readonly renew: (signal: AbortSignal) => Promise<void>;
  /** The server did not take the token: the next login asks for another. */
  readonly forget: () => void;
}

export interface TokenSourceOptions {
  readonly request: (signal: AbortSignal) => Promise<Token>;
  /** Unix seconds. */
  readonly nowSeconds: () => number;
}

/** From so long before its end a token is renewed. The library itself keeps one until five minutes before. */
const renewAheadSeconds = 600;

/** A token with less than this may have ended when the server looks at it. */
const shortestUseSeconds = 30;

export function createTokenSource({ request, nowSeconds }: TokenSourceOptions): TokenSource {
  let current: Token | null = null;
  let pending: Promise<Token> | null = null;

  const secondsLeft = (): number => (current === null ? 0 : current.endTimestampSeconds - nowSeconds());

  /** One request at a time: whoever comes while it runs waits for it. */
  const ask = (signal: AbortSignal): Promise<Token> => {
    pending ??= request(signal)
      .then((token) => {
        current = token;
        return token;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  return {
    get: async (signal) => {
      if (current !== null && secondsLeft() > renewAheadSeconds) return current.value;
      try {
        return (await ask(signal)).value;
      } catch (error) {
        if (current !== null && secondsLeft() > shortestUseSeconds) return current.value;
        throw error;
      }
    },
    renew: async (signal) => {
      if (current === null || secondsLeft() > renewAheadSeconds) return;
      await ask(signal).catch(() => undefined);
    },
    forget: () => {
      current = null;
    },
  };
}
