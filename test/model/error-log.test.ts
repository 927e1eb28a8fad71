import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type ErrorLogEntry,
  type ErrorLogPosition,
  foldErrorLog,
  isRotated,
  readsFrom,
  startOfErrorLog,
} from '../../src/model/error-log.ts';
import { messagePattern } from '../../src/model/error-log-entry.ts';
import { fc } from '../fuzz/property.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 21, 10);

const text = "No word from replica '%ls' with id [%ls] for too long.";
const patterns = [messagePattern(35206, text)].filter((pattern) => pattern !== null);
const timeoutText = "No word from replica 'AG_MI' with id [42] for too long.";

const entry = (localMilliseconds: number, line: string, process = 'spid43s'): ErrorLogEntry => ({
  localMilliseconds,
  process,
  text: line,
});
const header = (number: number): string => `Error: ${number}, Severity: 16, State: 1.`;

/** Reads whole logs one after another: each is what the file holds then, and the server's clock. */
function readAll(
  position: ErrorLogPosition,
  reads: readonly { readonly log: readonly ErrorLogEntry[]; readonly clock: number }[],
): ReadonlyMap<number, number> {
  const totals = new Map<number, number>();
  let at = position;
  for (const { log, clock } of reads) {
    const { position: next, counts } = foldErrorLog(at, { entries: log, localMilliseconds: clock, patterns });
    for (const [number, count] of counts) totals.set(number, (totals.get(number) ?? 0) + count);
    at = next;
  }
  return totals;
}

describe('the fold of the error log', () => {
  test('leaves out what was written before it began', () => {
    const log = [entry(start - 1, header(35206)), entry(start, header(1412))];
    assert.deepEqual(readAll(startOfErrorLog(start), [{ log, clock: start }]), new Map([[1412, 1]]));
  });

  test('counts an error with a number and its text once, and a text alone once', () => {
    const log = [
      entry(start, header(35206)),
      entry(start, timeoutText),
      entry(start, timeoutText, 'spid50s'),
      entry(start + 10, timeoutText),
    ];
    assert.deepEqual(readAll(startOfErrorLog(start), [{ log, clock: start + 20 }]), new Map([[35206, 3]]));
  });

  test('counts what comes later with the same time and number', () => {
    const first = [entry(start, header(1412)), entry(start, header(1412))];
    const reads = [first, [...first, entry(start, header(1412))]].map((log) => ({ log, clock: start }));
    assert.deepEqual(readAll(startOfErrorLog(start), reads), new Map([[1412, 3]]));
  });

  test('counts on when the clock of the server goes back by the hour of summer time', () => {
    const before = [entry(start + hour, header(1412))];
    const after = [...before, entry(start + 60_000, header(1412)), entry(start + hour, header(1412))];
    const reads = [
      { log: before, clock: start + hour },
      { log: after, clock: start + 120_000 },
      { log: after, clock: start + hour },
    ];
    assert.deepEqual(readAll(startOfErrorLog(start), reads), new Map([[1412, 3]]));
  });

  test('counts nothing twice when the clock goes back for long', () => {
    const log = [entry(start, header(1412))];
    const reads = [start, start + 9 * hour, start, start + 9 * hour].map((clock) => ({ log, clock }));
    assert.deepEqual(readAll(startOfErrorLog(start), reads), new Map([[1412, 1]]));
  });

  test('counts what is written when the clock goes back behind the time at which it began', () => {
    const before = [entry(start - 1200_000, header(1412)), entry(start - 600_000, header(35206))];
    const reads = [
      { log: before, clock: start + 60_000 },
      { log: [...before, entry(start - 1800_000, header(28047))], clock: start - 1800_000 },
      { log: [...before, entry(start - 1800_000, header(28047))], clock: start - 900_000 },
    ];
    assert.deepEqual(readAll(startOfErrorLog(start), reads), new Map([[28047, 1]]));
  });

  test('looks back as far as a clock goes back', () => {
    const begun = startOfErrorLog(start);
    assert.equal(readsFrom(begun), start - 2 * hour);
    assert.equal(readsFrom({ ...begun, readAt: start + 5 * hour }), start + 3 * hour);
  });

  test('forgets what no read looks at any more', () => {
    const read = (at: ErrorLogPosition, clock: number): ErrorLogPosition =>
      foldErrorLog(at, { entries: [entry(start, header(1412))], localMilliseconds: clock, patterns }).position;
    const near = read(startOfErrorLog(start), start);
    assert.equal(near.seen.size, 1);
    assert.equal(read(near, start + 3 * hour).seen.size, 0);
  });

  for (const [what, earliest, rotated] of [
    ['an empty log', null, true],
    ['a log that begins after the last read', start + 1, true],
    ['a log that begins before it', start - 1, false],
  ] as const) {
    test(`${what} is ${rotated ? 'another' : 'the same'} file`, () => {
      assert.equal(isRotated(startOfErrorLog(start), earliest), rotated);
    });
  }
});

const numbers = fc.constantFrom(35206, 1412, 41976, 28047, 18456);
/** What happens at a server: entries after a while, with several of one time; a read; a rotation with or without its archive. */
const happenings = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('entry' as const), number: numbers, after: fc.nat(3) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), after: fc.nat(20 * 60_000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rotation' as const) }) },
  ),
  { maxLength: 60 },
);

test('whatever the reads and rotations, every entry is counted once', () => {
  fc.assert(
    fc.property(happenings, fc.boolean(), (all, isDescending) => {
      let [clock, position] = [start, startOfErrorLog(start)];
      // What was there before is history, however near.
      let file: ErrorLogEntry[] = [entry(start - 10, header(35206))];
      let archive: ErrorLogEntry[] = [];
      const [written, counted] = [new Map<number, number>(), new Map<number, number>()];
      const add = (to: Map<number, number>, number: number, count: number): unknown =>
        to.set(number, (to.get(number) ?? 0) + count);
      const read = (): void => {
        const isNewFile = isRotated(position, file[0]?.localMilliseconds ?? null);
        const entries = isNewFile ? [...archive, ...file] : file;
        const shown = isDescending ? entries.toReversed() : entries;
        const folded = foldErrorLog(position, { entries: shown, localMilliseconds: clock, patterns });
        position = folded.position;
        for (const [number, count] of folded.counts) add(counted, number, count);
      };
      for (const happening of all) {
        if (happening.kind === 'rotation') {
          // Two rotations between two reads would lose what only the second file before this one has.
          read();
          clock += 10;
          [archive, file] = [file, []];
        } else {
          clock += happening.after * (happening.kind === 'entry' ? 10 : 1);
          if (happening.kind === 'read') read();
          else {
            file.push(entry(clock, header(happening.number)));
            if (happening.number !== 18456) add(written, happening.number, 1);
          }
        }
      }
      read();
      read();
      assert.deepEqual(counted, new Map([...counted].filter(([number]) => number !== 18456)));
      assert.deepEqual([...counted].toSorted(), [...written].toSorted());
    }),
    { numRuns: 300 },
  );
});
