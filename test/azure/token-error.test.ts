import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenErrorOf } from '../../src/azure/token-error.ts';
import { signed } from './token-server.ts';

const cases: readonly (readonly [string, unknown, Parameters<typeof tokenErrorOf>[1], string])[] = [
  ['a message', new Error('not configured'), {}, 'not configured'],
  ['nothing', null, {}, 'unknown error'],
  ['an empty message', new Error(''), {}, 'unknown error'],
  ['a message over lines', new Error('one\n\ttwo\0'), {}, 'one two'],
  ['a long message', new Error('x'.repeat(400)), {}, `${'x'.repeat(300)}…`],
  ['a code', Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' }), {}, 'connect failed (ECONNREFUSED)'],
  [
    "Entra ID's own description, without what is for its support",
    Object.assign(new Error('outer'), {
      errorResponse: { errorDescription: 'AADSTS700016: Application not found. Trace ID: 1 Correlation ID: 2' },
    }),
    {},
    'AADSTS700016: Application not found.',
  ],
  [
    'the errors of a chain, each once',
    Object.assign(new Error('outer'), { errors: [new Error('first'), new Error('second'), new Error('first')] }),
    {},
    'first; second',
  ],
  [
    'advice for developers',
    new Error('Unavailable. To troubleshoot, visit https://aka.ms/azsdk/js/identity/troubleshoot.'),
    {},
    'Unavailable.',
  ],
  ['a secret', new Error('bad secret: hunter2!'), { secrets: ['hunter2', ''] }, 'bad secret: <secret>!'],
  ['a token', new Error(`refused ${signed({ sub: 'x' })} here`), {}, 'refused <token> here'],
  [
    'a network error that the library left out',
    new Error('endpoints_resolution_error'),
    { networkError: new Error('connect ECONNREFUSED 127.0.0.1:1') },
    'no answer to the request for a token: connect ECONNREFUSED 127.0.0.1:1',
  ],
];

for (const [name, error, context, message] of cases) {
  test(`a token error tells ${name}`, () => {
    const told = tokenErrorOf(error, context);
    assert.equal(told.name, 'TokenError');
    assert.equal(told.message, message);
  });
}
