/** Compares plain data by value. What is the same object ends the comparison there. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isEqual(one[key], other[key]));
}

/** Whether both hold the same objects in the same order. */
export function areSame(one: readonly object[], other: readonly object[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

/** Anything else, as a Map, is the same only if it is the same object. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
