import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureReasons } from '../../src/model/failure-reason.ts';
import { classifyError, isStatementError } from '../../src/sql/classify-error.ts';
import { protocolFault } from '../../src/sql/gate/broken-limit.ts';
import { fc } from '../fuzz/property.ts';

/** An error in the shape that the driver throws: its own code outside, the cause inside. */
function driverError(code: string, inner: object, message = 'Failed to connect'): Error {
  return Object.assign(new Error(message), { code, originalError: Object.assign(new Error('inner'), inner) });
}

function sqlError(number: number, severity = 16): Error {
  return Object.assign(new Error(`error ${number}`), { code: 'EREQUEST', number, class: severity, state: 1 });
}

const cases: readonly [string, unknown, string][] = [
  ['a name that does not resolve', driverError('ESOCKET', { cause: { code: 'ENOTFOUND' } }), 'dns'],
  ['a resolver that does not answer', driverError('ESOCKET', { code: 'EAI_AGAIN' }), 'dns'],
  ['a port where nothing listens', driverError('ESOCKET', { code: 'ECONNREFUSED' }), 'refused'],
  [
    'several addresses that refuse',
    new AggregateError([Object.assign(new Error(''), { code: 'ECONNREFUSED' })]),
    'refused',
  ],
  ['no route', driverError('ESOCKET', { code: 'EHOSTUNREACH' }), 'unreachable'],
  ['a certificate nobody knows', driverError('ESOCKET', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'tls'],
  ['a certificate of another name', driverError('ESOCKET', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'tls'],
  ['a certificate that Node has no name for', driverError('ESOCKET', { code: 'UNSPECIFIED' }), 'tls'],
  ['a chain that is too long', driverError('ESOCKET', { code: 'PATH_LENGTH_EXCEEDED' }), 'tls'],
  ['an old version of TLS', driverError('ESOCKET', { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL' }), 'tls'],
  ['bytes in the place of TLS', driverError('ESOCKET', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'protocol'],
  ['words about a certificate without a code', driverError('ESOCKET', {}, 'the certificate closed'), 'reset'],
  ['a server without encryption', driverError('EENCRYPT', {}, 'Server does not support encryption'), 'tls'],
  ['a wrong password', driverError('ELOGIN', { number: 18456, class: 14 }), 'login'],
  ['a locked account', driverError('ELOGIN', { number: 18486, class: 14 }), 'login'],
  ['a firewall rule', driverError('ELOGIN', { number: 40615, class: 14 }), 'firewall'],
  ['a database that can not be opened', sqlError(4060, 11), 'unavailable'],
  ['a failover at login', driverError('ELOGIN', { number: 40613, class: 17 }), 'unavailable'],
  ['a failover at a batch', sqlError(40613, 17), 'unavailable'],
  ['the victim of a deadlock', sqlError(1205, 13), 'busy'],
  ['a login that is throttled', driverError('ELOGIN', { number: 10928, class: 20 }), 'busy'],
  ['a session that was killed', sqlError(596, 21), 'reset'],
  ['a number of no class, at login', driverError('ELOGIN', { number: 60001, class: 14 }), 'unknown'],
  ['a number of no class, at a batch', sqlError(60001), 'unknown'],
  ['a login that ends without a word', Object.assign(new Error('Login failed.'), { code: 'ELOGIN' }), 'unknown'],
  ['the time limit of the poll', AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason, 'timeout'],
  ['the time limit of the driver', driverError('ETIMEOUT', {}, 'Failed to connect in 15000ms'), 'timeout'],
  ['a connection that breaks', driverError('ESOCKET', { code: 'ECONNRESET' }), 'reset'],
  ['a connection that closes', driverError('ECLOSE', {}, 'Connection closed before request completed.'), 'reset'],
  ['a refused state view (2019)', sqlError(300, 14), 'permission'],
  ['a refused state view', sqlError(297), 'permission'],
  ['a refused object', sqlError(229, 14), 'permission'],
  ['an error log without permission', sqlError(27219, 16), 'permission'],
  ['a procedure for a role only', sqlError(15003, 16), 'permission'],
  ['a column that is not there', sqlError(207), 'missing_object'],
  ['a view that is not there', sqlError(208), 'missing_object'],
  ['any other SQL error', sqlError(8134), 'query'],
  ['a token nobody knows', driverError('EINVALIDSTATE', {}, 'Unknown type 231'), 'protocol'],
  ['something that is no error', 'boom', 'internal'],
  ['nothing at all', undefined, 'internal'],
];

for (const [name, error, reason] of cases) {
  test(`${name}: ${reason}`, () => assert.equal(classifyError(error).reason, reason));
}

test('of several addresses the first decides, and each is told', () => {
  const [refused, unreachable] = [
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:1433'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('connect ENETUNREACH fd00::1:1433'), { code: 'ENETUNREACH' }),
  ];
  const failure = classifyError(
    new Error('Failed to connect - ', { cause: new AggregateError([refused, unreachable]) }),
  );
  assert.equal(failure.reason, 'refused');
  assert.equal(failure.message, 'connect ECONNREFUSED 10.0.0.1:1433; connect ENETUNREACH fd00::1:1433');
});

test('a TLS error is told in our words, with the reason and without files and lines', () => {
  const message =
    'C0ECDA:error:0A000102:SSL routines:ssl_choose_client_version:unsupported protocol:../deps/openssl/ssl/t1.c:1987:';
  const failure = classifyError(driverError('ESOCKET', { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL', message }, message));
  assert.equal(
    failure.message,
    'the server takes none of the TLS versions that are safe, 1.2 and 1.3 (unsupported protocol)',
  );
});

test('the error number is kept, wherever it stands', () => {
  assert.equal(classifyError(driverError('ELOGIN', { number: 18456 })).errorNumber, 18456);
  assert.equal(classifyError(driverError('ESOCKET', { code: 'ECONNREFUSED' })).errorNumber, null);
});

test('a refused statement leaves the connection usable, a broken one or a fatal error does not', () => {
  assert.equal(isStatementError(sqlError(229, 14)), true);
  assert.equal(isStatementError(sqlError(596, 21)), false);
  assert.equal(isStatementError(driverError('ESOCKET', { code: 'ECONNRESET' })), false);
});

test('any thrown value gives a known reason and one bounded line', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string({ unit: 'binary', maxLength: 600 }), (thrown, message) => {
      for (const error of [thrown, new Error(message, { cause: thrown })]) {
        const failure = classifyError(error);
        assert.ok(failureReasons.includes(failure.reason));
        assert.ok(failure.message.length <= 301);
        assert.doesNotMatch(failure.message, /[\n\r\p{Cc}]/u);
      }
    }),
  );
});

test('a chain of causes that loops ends', () => {
  const error: Error & { cause?: unknown } = new Error('loop');
  error.cause = error;
  assert.equal(classifyError(error).reason, 'internal');
});

test('frames are of what the driver threw, not of what is said in words', () => {
  const thrown = Object.assign(new RangeError('beyond the end'), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
  const request = Object.assign(new Error('request failed'), { code: 'EREQUEST', originalError: thrown });
  for (const error of [thrown, request]) {
    const { reason, stack } = classifyError(error);
    assert.equal(reason, 'protocol');
    assert.match(stack ?? '', /^at .*classify-error\.test\.ts/);
  }
  const inWords = [
    Object.assign(new Error('request failed'), { code: 'EREQUEST', originalError: protocolFault('two heads') }),
    driverError('ESOCKET', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
  ];
  for (const error of inWords) {
    const { reason, stack } = classifyError(error);
    assert.deepEqual([reason, stack], ['protocol', undefined]);
  }
});
