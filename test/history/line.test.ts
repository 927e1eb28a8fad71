import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventKinds, type HistoryEvent, whatText, whenText } from '../../src/history/event.ts';
import { lineText, readLine } from '../../src/history/line.ts';
import { fc } from '../fuzz/property.ts';

const text = fc.option(fc.string({ unit: 'binary', maxLength: 60 }).map((each) => each.toWellFormed()));
const seconds = fc.integer({ min: 0, max: 4_102_444_800_000 }).map((milliseconds) => milliseconds / 1000);

const anyEvent: fc.Arbitrary<HistoryEvent> = fc.record(
  {
    kind: fc.constantFrom(...eventKinds),
    name: fc.string({ maxLength: 30 }),
    link: text,
    managedInstance: text,
    server: text,
    database: text,
    certificate: text,
    from: text,
    to: fc.string({ maxLength: 60 }),
    afterSeconds: fc.option(seconds),
    bySeconds: seconds,
    saidSeconds: fc.option(seconds),
  },
  { noNullPrototype: true },
);

test('an event is read back as it was written, on one line', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const line = lineText({ what: 'event', event });
      assert.ok(!line.includes('\n'));
      assert.deepEqual(readLine(line), { what: 'event', event });
    }),
  );
});

test('a line that is broken off, or that somebody else wrote, is none', () => {
  fc.assert(
    fc.property(anyEvent, fc.nat(), (event, at) => {
      const line = lineText({ what: 'event', event });
      assert.equal(readLine(line.slice(0, at % line.length)), null);
    }),
  );
  for (const line of ['null', '[]', '{}', '{"at":5}', '{"at":"2026-01-01T00:00:00Z","event":"unheard","to":"x"}'])
    assert.equal(readLine(line), null, line);
});

test('every event has words, whatever is in it', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      assert.ok(whatText(event).length > 0);
      assert.ok(/UTC|out of range/.test(whenText(event)));
    }),
  );
});
