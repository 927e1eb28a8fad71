import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternativeNamesOf } from '../../src/http/tls-settings.ts';

/** Texts as Node 24 prints them for certificates of OpenSSL; the awkward ones hold commas and quotes. */
const cases: readonly (readonly [text: string | undefined, names: readonly string[]])[] = [
  [undefined, []],
  ['DNS:a.example', ['a.example']],
  ['DNS:a.example, IP Address:10.0.0.1, email:a@b.example', ['a.example', '10.0.0.1', 'a@b.example']],
  ['IP Address:2001:DB8:0:0:0:0:0:1', ['2001:db8::1']],
  ['URI:"spiffe://x/y\\u002cz", DNS:b', ['spiffe://x/y,z', 'b']],
  ['DNS:"with\\u002c DNS:evil"', ['with, DNS:evil']],
  ['othername:<unsupported>, othername:"UPN:u@corp\\u002c DNS:evil", Registered ID:1.2.3.4, DNS:b', ['b']],
  ['DirName:"CN=foo\\\\\\u002c DNS:evil", DNS:b', ['b']],
  // What can't be told apart counts as nothing.
  ['DNS:a"b, DNS:c', []],
  ['nonsense', []],
];

for (const [text, names] of cases) {
  test(String(text), () => assert.deepEqual(alternativeNamesOf({ subjectAltName: text }), names));
}
