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
