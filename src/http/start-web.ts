import { type AppOptions, createApp } from './app.ts';
import { defaultLimits, type ListenLimits } from './limits.ts';
import { type Listening, type ListenSource, listen } from './listen.ts';
import { http1Listener, http2Listener } from './listeners.ts';
import { createKeptAnswers, createUntaken } from './load/answers.ts';
import { createTurns } from './load/turns.ts';
import type { Protection } from './protection.ts';
import { createWebGuard } from './web-guard.ts';
import { defaultWebPaths, type WebPaths } from './web-paths.ts';

/** How the exporter is reached. */
export interface WebOptions {
  readonly paths: WebPaths;
  /** Scrapes that are answered at a time; null: any number. */
  readonly maximumScrapes: number | null;
  /** The web configuration file; null: plain HTTP, open to everybody. */
  readonly protection: Protection | null;
  readonly limits?: Partial<ListenLimits>;
}

/** Pages for people that are asked for at a time: a hundred tabs that renew themselves at once. */
const maximumPages = 100;

export const defaultWebOptions: WebOptions = { paths: defaultWebPaths, maximumScrapes: 40, protection: null };

/** What the application shows, without how it is reached. */
export type ShownOptions = Omit<AppOptions, 'paths' | 'guard' | 'turns' | 'kept' | 'untaken'>;

/**
 * Serves the application, in HTTP/1.1 and, with TLS, in HTTP/2.
 * @throws Error, in words for a user, when something can't be listened on; then nothing is left open.
 */
export async function startWeb(
  shown: ShownOptions,
  sources: readonly ListenSource[],
  { paths, maximumScrapes, protection, limits = {} }: WebOptions = defaultWebOptions,
): Promise<Listening> {
  const guard = protection === null ? null : createWebGuard(protection);
  const options: AppOptions = {
    ...shown,
    paths,
    guard,
    turns: createTurns({ scrape: maximumScrapes, page: maximumPages }),
    kept: createKeptAnswers(shown.readState),
    untaken: createUntaken({ ...defaultLimits, ...limits }),
  };
  const listeners = { http1: http1Listener(createApp(options)), http2: http2Listener(createApp(options)) };
  return listen(listeners, sources, { limits, protection });
}
