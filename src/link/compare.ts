/** Order by code units: the same on every machine, unlike a locale's. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Ascending; null, which is not known, comes before every number. */
export function compareNumbers(one: number | null, other: number | null): number {
  if (one === other) return 0;
  if (one === null) return -1;
  return other === null || one > other ? 1 : -1;
}

/** One row whatever the order in which the server returned them; null when there is none. */
export function firstRow<Row extends object>(rows: readonly Row[]): Row | null {
  // Nearly always one: nothing is made for it.
  return (rows.length < 2 ? rows : rows.toSorted(compareRows))[0] ?? null;
}

/** A total order of rows, so that the order in which a server returned them decides nothing. */
export function compareRows(one: object, other: object): number {
  return compareText(canonicalText(one), canonicalText(other));
}

function canonicalText(row: object): string {
  const entries = Object.entries(row).sort(([one], [other]) => compareText(one, other));
  // JSON has no bigint, which LSNs are.
  return JSON.stringify(entries, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

const natural = new Intl.Collator('en', { numeric: true });

/** Sorts as people do, numbers in names by their value: `DAG_2` before `DAG_10`. */
export function compareNatural(one: string, other: string): number {
  return natural.compare(one, other) || compareText(one, other);
}

/** Compares plain data by value. What is the same object ends the comparison there. In loops: each poll has thousands of these. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other)) return false;
  if (Array.isArray(one)) return Array.isArray(other) && isEqualList(one, other);
  let names = 0;
  for (const name in one) {
    if (!isEqual(one[name], other[name])) return false;
    names += 1;
  }
  for (const _ in other) names -= 1;
  return names === 0;
}

function isEqualList(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (!isEqual(one[index], other[index])) return false;
  return true;
}

/** Whether both hold the same objects in the same order. */
export function areSame(one: readonly object[], other: readonly object[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

/** Anything else, as a Map, is the same only if it is the same object. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
