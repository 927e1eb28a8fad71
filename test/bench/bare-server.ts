import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// What a scrape costs at the least: a Node server that does nothing but send the bytes of a file.
const body = readFileSync(process.argv[2] ?? '');
const server = createServer((_request, response) => response.end(body));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
