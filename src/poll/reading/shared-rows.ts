/**
 * The rows with each that says what the row in its place said before as that former object, and the former list where all
 * do. Most rows of most views say the same in every poll: whoever made something of them sees by identity that it is still
 * good, and nothing new is kept for long. By their plain values; a row with anything else in it is new.
 */
export function sharedRows(
  former: readonly unknown[] | null,
  rows: readonly unknown[] | null,
): readonly unknown[] | null {
  if (former === null || rows === null) return rows;
  let same = 0;
  const shared = rows.map((row, index) => {
    const before = former[index];
    if (!isSameRow(before, row)) return row;
    same += 1;
    return before;
  });
  return same === rows.length && same === former.length ? former : shared;
}

function isSameRow(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  let names = 0;
  for (const name in other) {
    if (!Object.hasOwn(one, name)) return false;
    if (!Object.is(one[name as keyof typeof one], other[name as keyof typeof other])) return false;
    names += 1;
  }
  for (const _ in one) names -= 1;
  return names === 0;
}
