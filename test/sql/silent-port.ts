import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** Listens, tells its port, and stands still: it takes no connection. */
const program = `
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(server.address().port));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/**
 * A port of loopback that answers nothing, as one behind a firewall that drops: the queue of its listener is full, and
 * Linux drops each further SYN then (listen(2)).
 */
export async function silentPort(context: TestContext): Promise<number> {
  const listener = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const queued: Socket[] = [];
  context.after(() => {
    for (const socket of queued) socket.destroy();
    listener.kill('SIGKILL');
  });
  const [text] = (await once(listener.stdout, 'data')) as [Buffer];
  const port = Number(text);
  // A queue of `backlog` has place for one more than it says.
  for (let place = 0; place < 2; place++) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    queued.push(socket);
    await once(socket, 'connect');
  }
  return port;
}
