import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Estate, expectedOf, serversOf } from '../link/estate.ts';
import type { Fault } from '../link/estate-faults.ts';
import { reportOf } from './scenarios.ts';

function textsOf(change: Partial<Estate>): readonly string[] {
  const estate: Estate = {
    primary: 'sql_server',
    databases: ['moving', 'suspended'],
    isConnected: false,
    isSplit: false,
    stoppedEndpoint: null,
    noise: [],
    faults: [],
    ...change,
  };
  const [link] = reportOf({ servers: serversOf(estate), expected: expectedOf(estate) }).links;
  return (link?.nextSteps ?? []).map(({ text }) => text);
}

const at = (texts: readonly string[], pattern: RegExp): number => texts.findIndex((text) => pattern.test(text));
const engines = ['sql_server', 'managed_instance'] as const;

test('what was read and refuses the connection stands before the way between the ends, whichever end is primary', () => {
  const read: readonly (readonly [Partial<Estate>, RegExp])[] = [
    [{ stoppedEndpoint: 'sql_server' }, /^Start the endpoint: /],
    [{ faults: ['certificate expired'] as readonly Fault[] }, /^Make a new certificate/],
    [{ faults: ['build too old'] as readonly Fault[] }, /^Update that SQL Server/],
  ];
  for (const primary of engines)
    for (const [change, step] of read) {
      const texts = textsOf({ ...change, primary });
      const [decides, network] = [at(texts, step), at(texts, /^Test TCP/)];
      assert.ok(decides >= 0 && network > decides, `${primary} ${step}: ${texts.join('\n')}`);
    }
});

test('an endpoint that was read and is stopped is to be started once, and not to be looked at', () => {
  for (const primary of engines) {
    const texts = textsOf({ primary, stoppedEndpoint: 'sql_server' });
    assert.deepEqual(
      texts.filter((text) => /endpoint/.test(text)),
      ['Start the endpoint: a connection that stands goes on, the next one is refused.'],
    );
  }
});

test('while the ends are connected, a database that stands still is seen to before the endpoint', () => {
  const texts = textsOf({ isConnected: true, stoppedEndpoint: 'sql_server' });
  assert.ok(at(texts, /^Resume data movement/) < at(texts, /^Start the endpoint: /));
});
