import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameOrigin } from '../../../src/http/browsers/foreign-site.ts';

test('behind a proxy the external URL is the own origin, too', () => {
  const headers = { host: '10.0.0.5:10522', origin: 'https://milink.corp.example' };
  assert.equal(isSameOrigin(headers, null), false);
  assert.equal(isSameOrigin(headers, 'https://milink.corp.example/team'), true);
  assert.equal(isSameOrigin(headers, 'http://milink.corp.example/team'), false);
});

test('HTTP/2 says in :authority what Host says before it', () => {
  assert.equal(isSameOrigin({ ':authority': 'a.example:1', origin: 'https://a.example:1' }, null), true);
  assert.equal(isSameOrigin({ ':authority': 'a.example:1', origin: 'https://b.example' }, null), false);
  assert.equal(isSameOrigin({ origin: 'https://b.example' }, null), false);
});

test('a host is the same in any case', () => {
  assert.equal(isSameOrigin({ host: 'A.Example:1', origin: 'http://a.example:1' }, null), true);
});
