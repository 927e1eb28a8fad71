import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientAddress } from '../../../src/http/load/connections.ts';

const cases: readonly (readonly [string | undefined, string | null])[] = [
  [undefined, null],
  ['10.0.0.5', '10.0.0.5'],
  ['::ffff:10.0.0.5', '10.0.0.5'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
];

for (const [remoteAddress, client] of cases)
  test(String(remoteAddress), () => assert.equal(clientAddress({ remoteAddress }), client));
