import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutantsOf, mutated, withoutTypes } from './mutants.ts';

const cases: readonly (readonly [source: string, broken: readonly string[]])[] = [
  ['const a = b === c;', ['const a = b !== c;']],
  ['const a = (b) < (c);', ['const a = (b) <= (c);']],
  ['const a = b ?? c;', ['const a = b && c;']],
  ['const a = !b;', ['const a = b;']],
  ['if (a) b();', ['if (!(a)) b();']],
  ['const a = b ? c : d;', ['const a = !(b) ? c : d;']],
  ['const f = () => true;', ['const f = () => false;']],
  ['function f(): number | null { return null; }', ['function f()                { return 0; }']],
  ['function f() { return [1]; }', ['function f() { return []; }']],
  ['a.some(b);', ['a.every(b);']],
  // What people read is held by goldens, word for word.
  ["const a = 'b' + c;", []],
  ["const f = () => 'text';", []],
  ['function f() { return []; }', []],
  ['type A = B extends C ? D : E;', []],
];

for (const [source, broken] of cases) {
  test(`${source} has ${broken.length} mutants`, () => {
    const code = withoutTypes(source);
    assert.deepEqual(
      mutantsOf(code).map((mutant) => mutated(code, mutant)),
      broken,
    );
  });
}
