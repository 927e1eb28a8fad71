import type { AssessedLink } from './link.ts';

/**
 * The links as assessed now, but the former object of each one that says the same: whoever made something from it sees by
 * identity that it is still good.
 */
export function keepLinks(former: readonly AssessedLink[], current: readonly AssessedLink[]): readonly AssessedLink[] {
  const byKey = new Map(former.map((link) => [keyOf(link), link]));
  return current.map((link) => {
    const before = byKey.get(keyOf(link));
    return before !== undefined && isEqual(before, link) ? before : link;
  });
}

function keyOf({ name, managedInstance }: AssessedLink): string {
  return JSON.stringify([name, managedInstance]);
}

/** Compares plain data by value. The rows of a server that was not polled are the same objects, which ends the comparison there. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isEqual(one[key], other[key]));
}

/** Anything else, as a Map, is the same only if it is the same object. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
