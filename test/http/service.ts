import { connect } from 'node:net';
import type { TestContext } from 'node:test';
import { unwatched } from '../../src/check/report/build.ts';
import { reportOfState } from '../../src/cli/reading/report.ts';
import { defaultObjectives } from '../../src/history/facts/link.ts';
import { createHistory, type Timeline } from '../../src/history/history.ts';
import type { ListenLimits } from '../../src/http/limits.ts';
import type { ConfigurationAccess } from '../../src/http/routes/management.ts';
import { defaultWebOptions, startWeb, type WebOptions } from '../../src/http/start-web.ts';
import { createDebugPolls } from '../../src/http/status/debug-polls.ts';
import { defaultWebPaths, type WebPaths } from '../../src/http/web-paths.ts';
import { createExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import type { State } from '../../src/metrics/family.ts';
import { createPage, type MetricsPage } from '../../src/metrics/page.ts';
import { now } from '../link/server-state.ts';

export interface ServiceOptions {
  readonly state: State;
  readonly limits?: Partial<ListenLimits>;
  /** Stands in for the page: to make it fail or wait. */
  readonly page?: MetricsPage;
  readonly paths?: WebPaths;
  /** How the service is reached, where it is not as usual. */
  readonly web?: Partial<WebOptions>;
  /** Stands in for the poller of the debug view; null: it is off. */
  readonly pollNow?: ((server: string) => Promise<unknown>) | null;
  readonly configuration?: ConfigurationAccess;
  /** Hears of each page that is made. */
  readonly onReport?: () => void;
  /** Nothing happened unless given. */
  readonly timeline?: Timeline;
}

export interface Service {
  readonly url: string;
  readonly port: number;
  readonly errors: readonly unknown[];
  readonly close: () => Promise<void>;
}

/** The whole HTTP side on a free port of loopback, closed when the test ends. */
export async function startService(
  context: TestContext,
  {
    state,
    limits = {},
    page,
    paths = defaultWebPaths,
    web = {},
    pollNow = null,
    configuration,
    onReport,
    timeline = createHistory({ objectives: defaultObjectives }),
  }: ServiceOptions,
): Promise<Service> {
  const metrics = createExporterMetrics({ version: '0.1.0', revision: 'abc', nodeVersion: process.version });
  const errors: unknown[] = [];
  const shown = {
    version: '0.1.0',
    page: page ?? createPage({ readState: () => state, metrics }),
    readState: () => state,
    // Two seconds after every built state was polled.
    status: {
      readReport: () => {
        onReport?.();
        return reportOfState(state, [], { nowSeconds: now + 2, held: unwatched });
      },
      timeline,
      debugPoll: pollNow === null ? null : createDebugPolls({ pollNow }),
    },
    metrics,
    ...(configuration && { configuration }),
    onError: (error: unknown) => errors.push(error),
  };
  const source = { host: '127.0.0.1', port: 0 };
  const { addresses, close } = await startWeb(shown, [source], { ...defaultWebOptions, paths, limits, ...web });
  context.after(close);
  const port = addresses[0]?.port ?? 0;
  const scheme = web.protection?.isTls === true ? 'https' : 'http';
  return { url: `${scheme}://127.0.0.1:${port}`, port, errors, close };
}

/** Sends bytes as they are and resolves to all that comes back until the service ends the connection. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    // What is sent after the service has refused may be answered by a reset: what came until then counts.
    socket.on('error', (error) => (received === '' ? reject(error) : undefined));
    socket.on('close', () => resolve(received));
  });
}
