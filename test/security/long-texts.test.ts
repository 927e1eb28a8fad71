import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenErrorOf } from '../../src/azure/token-error.ts';
import { readClientPem } from '../../src/config/file/pem.ts';
import { parseGoDuration } from '../../src/config/web/formats.ts';
import { alternativeNamesOf } from '../../src/http/tls-settings.ts';
import { parseRoutePrefix } from '../../src/http/web-paths.ts';
import { hostOfEndpoint, identityOf, isSameHost, managedInstanceOfEndpoint } from '../../src/link/identity.ts';
import { linkErrorNumbers, loggedMessageNumbers, messagePattern } from '../../src/model/error-log-entry.ts';
import { withoutTrailing } from '../../src/model/without-trailing.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { truncate } from '../../src/terminal/cells.ts';
import { wrap, wrapStatement } from '../../src/terminal/wrap.ts';
import { quoteName } from '../../src/text/tsql.ts';
import { visible, visibleJson } from '../../src/text/visible.ts';

/**
 * Work in the square of this takes hours, and the runner's own limit ends the file; work in proportion takes less than a
 * second. No time is asserted.
 */
const length = 1_000_000;

/** What a hostile server, client or file repeats, and what it ends with. */
const pieces = [
  ';server=[',
  '[',
  "'",
  ' ',
  'a',
  '\n',
  '0',
  '9.',
  'eyJ',
  'eyJ.',
  '/',
  '%',
  'é\u0301',
  '-----BEGIN PRIVATE KEY-----',
];
const ends = ['', 'x'];

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  managedInstanceOfEndpoint,
  hostOfEndpoint,
  isSameHost: (text) => isSameHost(text, `${text}.`),
  identityOf: (host) => identityOf({ host, outcome: { kind: 'pending' }, identity: null } as never),
  visible,
  visibleJson: (text) => visibleJson(JSON.stringify(text)),
  wrap: (text) => wrap(text, 80),
  truncate: (text) => truncate(text, 80),
  wrapStatement: (text) => wrapStatement(text, 80),
  'wrapStatement, quoted': (text) => wrapStatement(`DROP ${quoteName(text)};`, 80),
  linkErrorNumbers,
  loggedMessageNumbers: (text) => loggedMessageNumbers([{ number: 1, pieces: ['', ' is ', ' of '] }], text),
  messagePattern: (text) => messagePattern(1, text),
  withoutTrailing: (text) => withoutTrailing(text, ' \n0'),
  classifyError: (text) => classifyError(new Error(text)),
  tokenErrorOf: (text) => tokenErrorOf(new Error(text)),
  readClientPem,
  parseGoDuration,
  parseRoutePrefix: (text) => {
    try {
      return parseRoutePrefix(text);
    } catch {
      return null;
    }
  },
  alternativeNamesOf: (subjectAltName) => alternativeNamesOf({ subjectAltName }),
};

for (const [name, read] of Object.entries(readers)) {
  test(`${name} takes time in proportion to what it is given`, () => {
    for (const piece of pieces) {
      for (const end of ends) read(piece.repeat(length / piece.length) + end);
    }
  });
}

test('a token is hidden with what touches it, and blanks stay where no line ends', () => {
  assert.equal(tokenErrorOf(new Error('got Bearer eyJhbGci.eyJzdWIi.c2ln-_ back')).message, 'got Bearer <token> back');
  assert.equal(visible('a   b \r\n c'), 'a   b c');
});
