import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  parseExternalUrl,
  parseRoutePrefix,
  parseTelemetryPath,
  reservedNames,
  WebPathError,
} from '../../src/http/web-paths.ts';

describe('route prefixes', () => {
  const good = { '/': '', '': '', '/a': '/a', 'a/b/': '/a/b', '//a-1_~.b//': '/a-1_~.b' };
  for (const [text, prefix] of Object.entries(good))
    test(`"${text}"`, () => assert.equal(parseRoutePrefix(text), prefix));
  for (const text of ['/a//b', '/a/../b', '/.', '/a b', '/:id', '/*x', '/a?b', '/%2e', '/é', '/a{b}']) {
    test(`"${text}" is refused`, () => assert.throws(() => parseRoutePrefix(text), WebPathError));
  }
});

describe('paths of the metrics', () => {
  for (const text of ['/metrics', '/a/metrics', '/m.etrics'])
    test(text, () => assert.equal(parseTelemetryPath(text), text));
  const bad = [
    '',
    '/',
    'metrics',
    '/a//b',
    '/metrics/',
    '/-/healthy',
    '/:x',
    ...reservedNames.map((name) => `/${name}/x`),
  ];
  for (const text of bad)
    test(`"${text}" is refused`, () => assert.throws(() => parseTelemetryPath(text), WebPathError));
});

describe('external URLs', () => {
  const good: Readonly<Record<string, readonly [string, string]>> = {
    'https://mon.corp.example': ['https://mon.corp.example', ''],
    'https://mon.corp.example/': ['https://mon.corp.example', ''],
    'http://mon.corp.example:8080/team/milink/': ['http://mon.corp.example:8080/team/milink', '/team/milink'],
  };
  for (const [text, [externalUrl, path]] of Object.entries(good)) {
    test(text, () => assert.deepEqual(parseExternalUrl(text), { externalUrl, path }));
  }
  for (const text of [
    'mon.corp.example',
    '/a',
    'ftp://a',
    '"https://a"',
    'https://a/?b',
    'https://a/#b',
    'https://a/b%20c',
  ]) {
    test(`${text} is refused`, () => assert.throws(() => parseExternalUrl(text), WebPathError));
  }
  test('a login in it is refused and not repeated', () => {
    assert.throws(
      () => parseExternalUrl('https://u:hunter2@a/'),
      (error: Error) => !/hunter2/.test(error.message),
    );
  });
});
