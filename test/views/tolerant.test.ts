import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ColumnError } from '../../src/views/column.ts';
import { gatherOddities } from '../../src/views/entry.ts';
import { pollingOrder } from '../../src/views/index.ts';
import type { View } from '../../src/views/view.ts';

const facts = { engine: 'managed_instance', majorVersion: 12 } as const;
const localOffsetSeconds = 7200;
const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';

type Row = Readonly<Record<string, unknown>>;

/** A whole row of a view, with values as the driver gives them for each column's type. */
function rowOf(view: View): Row {
  return Object.fromEntries(view.asked(facts).map((name) => [name, sampleOf(name)]));
}

function sampleOf(name: string): unknown {
  if (/_id$/.test(name)) return /^(database|certificate|endpoint|file|principal)_id$/.test(name) ? 7 : guid;
  if (name === 'failure_state') return 21;
  if (/_lsn$/.test(name)) return '41000000087800001';
  if (/^is_hadr_enabled$|^view_/.test(name)) return 1;
  if (/^is_|^performed_/.test(name)) return true;
  if (/(_time|_timestamp|_time_utc|_date|^estimate_time_complete_utc)$/.test(name))
    return new Date('2026-11-21T12:00:00.000Z');
  if (
    /_desc$|name$|url|issuer|subject|state$|collation|edition$|version|type$|message$|ip_address|description/.test(name)
  )
    return name === 'engine_edition' ? 8 : 'ONLINE';
  if (/size|rate|queue|lag|_ms$|cntr_value/.test(name) && !/^max_size$|^size$/.test(name)) return '2048';
  if (name === 'thumbprint') return new Uint8Array([1, 2]);
  return 5;
}

/** What becomes of a value; null: no such change of it. */
const changes: Readonly<Record<string, (value: unknown) => unknown>> = {
  NULL: () => null,
  'another integer width': (value) =>
    typeof value === 'number'
      ? String(value)
      : typeof value === 'string' && /^\d{1,9}$/.test(value)
        ? Number(value)
        : undefined,
  'a bit as a number': (value) => (typeof value === 'boolean' ? Number(value) : undefined),
  'a date as text': (value) => (value instanceof Date ? value.toISOString().slice(0, -1) : undefined),
  'text for a number': (value) => (typeof value === 'number' ? 'many' : undefined),
  'a number for text': (value) => (typeof value === 'string' ? 4.5 : undefined),
  'a date for anything else': (value) => (value instanceof Date ? undefined : new Date(0)),
  'a bit for anything else': (value) => (typeof value === 'boolean' ? undefined : false),
  'two columns of one name': (value) => [value, value],
  'what no reader knows': () => ({ geography: 1 }),
  'bytes for anything else': (value) => (value instanceof Uint8Array ? undefined : new Uint8Array([9])),
};

const harmless: ReadonlySet<string> = new Set(['another integer width', 'a bit as a number', 'a date as text']);

function parsed(view: View, rows: readonly Row[]) {
  const { tell, told } = gatherOddities();
  return {
    rows: view.parse(rows, { localOffsetSeconds, nowSeconds: 1000, tell }) as unknown as readonly Row[],
    ...told(),
  };
}

/** The model's fields in which two rows differ, without those of their own parts. */
function differing(one: Row | undefined, other: Row | undefined): readonly string[] {
  return Object.keys(one ?? {}).filter((key) => {
    try {
      assert.deepEqual(one?.[key], other?.[key]);
      return false;
    } catch {
      return true;
    }
  });
}

for (const view of pollingOrder.filter(({ name }) => name !== 'endpoint_certificate')) {
  test(`${view.name}: every column in turn otherwise than documented costs itself`, () => {
    const whole = rowOf(view);
    const before = parsed(view, [whole]);
    assert.deepEqual(before.words, [], 'made as documented');
    let count = 0;
    for (const column of view.asked(facts)) {
      for (const [what, change] of Object.entries(changes)) {
        const value = change(whole[column]);
        if (value === undefined) continue;
        count += 1;
        checkChange(view, whole, { change: { [column]: value }, isHarmless: harmless.has(what) });
      }
      const { [column]: _, ...rest } = whole;
      checkLoss(view, whole, { row: rest, column });
    }
    checkNames(view, whole, before);
    checkPairs(view, whole);
    assert.ok(count >= 3 * view.asked(facts).length, String(count));
    assert.deepEqual(parsed(view, [{ ...whole, added_by_a_new_version: 'x' }]), before);
  });
}

/** Some servers mind the case of names, and say their own: a name in another case is that column. */
function checkNames(view: View, whole: Row, before: ReturnType<typeof parsed>): void {
  const shouted = Object.fromEntries(Object.entries(whole).map(([name, value]) => [name.toUpperCase(), value]));
  assert.deepEqual(parsed(view, [shouted, shouted]).rows, [...before.rows, ...before.rows]);
  assert.deepEqual(parsed(view, [shouted]).words, []);
}

/** Two odd columns cost what each of them costs alone. */
function checkPairs(view: View, whole: Row): void {
  const columns = view.asked(facts);
  const odd = (...names: readonly string[]): Row => ({
    ...whole,
    ...Object.fromEntries(names.map((name) => [name, { odd: true }])),
  });
  const lostBy = (...names: readonly string[]): ReadonlySet<string> | null => {
    const [, left] =
      parsed(view, [whole, odd(...names)]).rows.length === 1 ? [] : parsed(view, [whole, odd(...names)]).rows;
    return left === undefined ? null : new Set(differing(parsed(view, [whole]).rows[0], left));
  };
  for (const [at, one] of columns.entries()) {
    const other = columns[(at + 1) % columns.length] ?? one;
    const [ofOne, ofOther, ofBoth] = [lostBy(one), lostBy(other), lostBy(one, other)];
    if (ofOne === null || ofOther === null) assert.equal(ofBoth, null, `${one} and ${other}`);
    else if (view.name !== 'permissions')
      assert.deepEqual(ofBoth, new Set([...ofOne, ...ofOther]), `${one} and ${other}`);
  }
}

function checkChange(view: View, whole: Row, given: { readonly change: Row; readonly isHarmless: boolean }): void {
  const [column = ''] = Object.keys(given.change);
  const row = { ...whole, ...given.change };
  if (!given.isHarmless) {
    checkLoss(view, whole, { row, column });
    return;
  }
  const after = parsed(view, [row]);
  assert.deepEqual(after.rows, parsed(view, [whole]).rows);
  assert.deepEqual(after.unreadable, []);
}

/** The column is lost, or its row where it is the identity; other rows, and other columns, are as they were. */
function checkLoss(view: View, whole: Row, { row, column }: { readonly row: Row; readonly column: string }): void {
  const beside = parsed(view, [whole, row]);
  const [first] = parsed(view, [whole]).rows;
  assert.deepEqual(beside.rows[0], first, 'another row is as it was');
  let alone: readonly Row[];
  try {
    alone = parsed(view, [row]).rows;
  } catch (error) {
    assert.ok(error instanceof ColumnError, String(error));
    assert.ok(error.message.includes(column), `only the identity can cost a view: ${error.message}`);
    assert.equal(beside.rows.length, parsed(view, [whole]).rows.length);
    return;
  }
  if (view.name === 'permissions' || alone.length === 0) return;
  for (const field of differing(first, alone[0])) {
    const left = alone[0]?.[field];
    // A clock that can't be read takes its offset with it, and the exporter's own stands in.
    const isAbsent =
      left === null || left === '' || left === 0 || (view.name === 'server' && (left === 1000 || left === false));
    assert.ok(isAbsent, `${field} is invented: ${String(left)}`);
  }
}
