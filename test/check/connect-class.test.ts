import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConnectClass, connectClass } from '../../src/check/advice/connection.ts';
import { pair, trust } from './ends.ts';
import { reportOf } from './scenarios.ts';

const cases: readonly (readonly [number | null, string | null, ConnectClass])[] = [
  [35_207, 'Connection attempt failed: 11001(No such host is known.)', 'name'],
  [9642, 'An error occurred ... error: 10061(No connection could be made, actively refused it.)', 'refused'],
  [35_201, 'A connection timeout has occurred while attempting to establish a connection.', 'filtered'],
  [35_206, null, 'filtered'],
  [9642, 'An existing connection was forcibly closed by the remote host. 10054', 'reset'],
  [28_047, 'The certificate was not found or is not valid.', 'certificate'],
  [28_047, 'Connection handshake failed. An OS call failed: (80090331) 0x80090331', 'cipher'],
  [28_048, null, 'certificate'],
  [41_986, null, 'unknown'],
  [null, null, 'unknown'],
];

for (const [number, description, expected] of cases) {
  test(`${number} ${description} proves: ${expected}`, () => assert.equal(connectClass(number, description), expected));
}

function texts(number: number, description: string, views = trust()): readonly string[] {
  const lost = {
    connectedState: 'DISCONNECTED',
    lastConnectErrorNumber: number,
    lastConnectErrorDescription: description,
  };
  const report = reportOf({ servers: pair({ sql: { partner: lost }, sqlViews: views }) });
  return report.links.flatMap(({ nextSteps }) => nextSteps.map(({ text }) => text));
}

test('an error that proves the network asks for no test of the network', () => {
  const all = texts(28_047, 'Connection handshake failed. An OS call failed: (80090331)');
  assert.ok(all.some((text) => /no signature hash or cipher in common/.test(text)));
  assert.deepEqual(
    all.filter((text) => /Test TCP|Open what is closed/.test(text)),
    [],
  );
  assert.ok(texts(35_201, 'timeout').some((text) => /Test TCP/.test(text)));
});

test('an endpoint that was read and is started is not asked for again', () => {
  assert.deepEqual(
    texts(35_201, 'timeout').filter((text) => /SQL Server's endpoint/.test(text)),
    [],
  );
  const unread = texts(35_201, 'timeout', { ...trust(), database_mirroring_endpoints: null });
  assert.ok(unread.some((text) => /Look at SQL Server's endpoint/.test(text)));
});
