import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTdsServer } from '../../../src/simulator/tds/server.ts';

test('the port of a server that has stopped is given to no other server of the process', async () => {
  const ports = new Set<number>();
  // Of so many free ports two would be the same three times in four.
  const count = 200;
  for (let index = 0; index < count; index += 1) {
    const server = await startTdsServer({
      host: '127.0.0.1',
      port: 0,
      encryption: 'off',
      productVersion: '16.0.4175.1',
      login: () => {
        throw new Error('nobody logs in');
      },
    });
    ports.add(server.address.port);
    await server.close();
  }
  assert.equal(ports.size, count);
});
