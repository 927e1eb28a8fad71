/** What Entra ID gave: the server takes it in the place of a password until it ends. */
export interface Token {
  /** Secret. */
  readonly value: string;
  /** Unix seconds. */
  readonly endTimestampSeconds: number;
}

/** The token of one identity: asked for once, kept, and renewed before it ends. */
export interface TokenSource {
  /** A token that is good for a login now. Rejects as the request does when there is none. */
  readonly get: (signal: AbortSignal) => Promise<string>;
  /**
   * Asks for a new one when the end of the old one is near, so that a login never has to wait for it. Does nothing
   * before the first login, and asks once a minute at most. Never rejects: the old one is good until its end.
   */
  readonly renew: (signal: AbortSignal) => Promise<void>;
  /** The server did not take the token: the next login asks for another. */
  readonly forget: () => void;
}

interface TokenSourceOptions {
  readonly request: (signal: AbortSignal) => Promise<Token>;
  /** Unix seconds. */
  readonly nowSeconds: () => number;
}

/** From so long before its end a token is renewed. The library itself keeps one until five minutes before. */
const longestAheadSeconds = 600;

/** Of a token that lives for minutes only, the last part: else it would be renewed as soon as it is there. */
const aheadPart = 0.2;

/** From one renewal that fails to the next: hundreds of servers may have the same identity. */
const renewAgainSeconds = 60;

/** A token with less than this may have ended when the server looks at it. */
const shortestUseSeconds = 30;

export function createTokenSource({ request, nowSeconds }: TokenSourceOptions): TokenSource {
  let current: (Token & { readonly renewSeconds: number }) | null = null;
  let pending: Promise<Token> | null = null;
  let askedSeconds = 0;

  const secondsLeft = (): number => (current === null ? 0 : current.endTimestampSeconds - nowSeconds());

  /** One request at a time: whoever comes while it runs waits for it. */
  const ask = (signal: AbortSignal): Promise<Token> => {
    if (pending !== null) return pending;
    askedSeconds = nowSeconds();
    pending = request(signal)
      .then((token) => {
        const livesSeconds = token.endTimestampSeconds - nowSeconds();
        const aheadSeconds = Math.min(longestAheadSeconds, livesSeconds * aheadPart);
        current = { ...token, renewSeconds: token.endTimestampSeconds - aheadSeconds };
        return token;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  const isRenewalDue = (): boolean =>
    current !== null && nowSeconds() >= current.renewSeconds && nowSeconds() - askedSeconds >= renewAgainSeconds;

  return {
    get: async (signal) => {
      if (current !== null && secondsLeft() > shortestUseSeconds) return current.value;
      return (await ask(signal)).value;
    },
    renew: async (signal) => {
      if (isRenewalDue()) await ask(signal).catch(() => undefined);
    },
    forget: () => {
      current = null;
    },
  };
}
