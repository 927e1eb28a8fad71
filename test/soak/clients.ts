import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

const text = { accept: 'text/plain;version=0.0.4', 'accept-encoding': 'gzip' };
const openMetrics = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';

/** What is asked for in turn: each format, page and answer for programs. */
const asked: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/metrics', text],
  ['/metrics', { accept: openMetrics, 'accept-encoding': 'gzip' }],
  ['/metrics', {}],
  ['/metrics', { accept: openMetrics }],
  ['/', {}],
  ['/link?name=DAG_Sales&managed_instance=mi-0', {}],
  ['/servers', { 'accept-encoding': 'gzip' }],
  ['/server?name=mi-1', {}],
  ['/debug?server=mi-1', {}],
  ['/api/v1/check', {}],
  ['/api/v1/links', {}],
  ['/api/v1/servers', {}],
  ['/api/v1/history', {}],
  ['/sd', {}],
  ['/config', {}],
  ['/-/healthy', {}],
  ['/nothing-here', {}],
];

const asExpected = (path: string, status: number): boolean => status === (path === '/nothing-here' ? 404 : 200);

/** Clients of an exporter, one request after another. */
export interface Clients {
  /** Asks for the next of all there is. */
  readonly askNext: () => Promise<void>;
  /** Asks for the page, and is gone before it has read it. */
  readonly leaveEarly: () => Promise<void>;
  readonly get: (path: string) => Promise<string>;
  readonly post: (path: string) => Promise<number>;
  readonly answers: () => number;
  /** In words; they are to be none. */
  readonly unexpected: string[];
  readonly end: () => void;
}

export function createClients(port: number): Clients {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const unexpected: string[] = [];
  let [next, answers] = [0, 0];
  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}) => {
    // Every other one on a connection of its own, as some scrapers do.
    const way = answers % 2 === 0 ? agent : false;
    const asking = request({ host: '127.0.0.1', port, method, path, headers, agent: way }).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    answers += 1;
    return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
  };
  return {
    askNext: async () => {
      const [path, headers] = asked[next++ % asked.length] ?? ['/', {}];
      await ask('GET', path, headers).then(
        ({ status }) => asExpected(path, status) || unexpected.push(`${path}: ${status}`),
        (error: unknown) => unexpected.push(`${path}: ${error}`),
      );
    },
    leaveEarly: async () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('GET /metrics HTTP/1.1\r\nHost: soak\r\n\r\n');
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      socket.destroy();
    },
    get: async (path) => (await ask('GET', path)).body,
    post: async (path) => (await ask('POST', path)).status,
    answers: () => answers,
    unexpected,
    end: () => agent.destroy(),
  };
}
