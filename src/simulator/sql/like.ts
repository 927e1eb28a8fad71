import { sqlError } from './errors/errors.ts';

type Element = { readonly kind: 'many' } | { readonly kind: 'one'; readonly matches: (character: string) => boolean };

const cache = new Map<string, (text: string) => boolean>();

/**
 * LIKE's matcher: `%`, `_`, `[a-z]`, `[^a-z]` and an escape character, without regard to case. It never goes back
 * further than the last `%`, so no pattern takes more than length times length steps.
 */
export function likeMatcher(pattern: string, mark: string): (text: string) => boolean {
  const key = `${mark}\u0000${pattern}`;
  const found = cache.get(key);
  if (found !== undefined) return found;
  if (mark.length > 1) {
    throw sqlError({ number: 506 }, `The invalid escape character "${mark}" was specified in a LIKE predicate.`);
  }
  const elements = readPattern(pattern, mark);
  const matcher = (text: string): boolean => matches([...text], elements);
  if (cache.size >= 256) cache.clear();
  cache.set(key, matcher);
  return matcher;
}

function readPattern(pattern: string, mark: string): readonly Element[] {
  const characters = [...pattern];
  const elements: Element[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (mark !== '' && character === mark) {
      at += 1;
      elements.push(exactly(characters[at] ?? mark));
    } else if (character === '%') {
      elements.push({ kind: 'many' });
    } else if (character === '_') {
      elements.push({ kind: 'one', matches: () => true });
    } else if (character === '[') {
      const end = classEnd(characters, at);
      elements.push(end < 0 ? exactly('[') : characterClass(characters.slice(at + 1, end)));
      if (end >= 0) at = end;
    } else {
      elements.push(exactly(character));
    }
  }
  return elements;
}

/** Where a class ends: a bracket that comes first in it stands for itself. */
function classEnd(characters: readonly string[], start: number): number {
  const first = characters[start + 1] === '^' ? start + 2 : start + 1;
  return characters.indexOf(']', first + 1);
}

function exactly(wanted: string): Element {
  const folded = wanted.toLowerCase();
  return { kind: 'one', matches: (character) => character.toLowerCase() === folded };
}

function characterClass(members: readonly string[]): Element {
  const negated = members[0] === '^';
  const set = negated ? members.slice(1) : members;
  const ranges: [string, string][] = [];
  for (let at = 0; at < set.length; at += 1) {
    const from = (set[at] ?? '').toLowerCase();
    const isRange = set[at + 1] === '-' && at + 2 < set.length;
    ranges.push([from, isRange ? (set[at + 2] ?? '').toLowerCase() : from]);
    if (isRange) at += 2;
  }
  const inside = (character: string): boolean => ranges.some(([from, to]) => character >= from && character <= to);
  return { kind: 'one', matches: (character) => inside(character.toLowerCase()) !== negated };
}

function matches(text: readonly string[], elements: readonly Element[]): boolean {
  let [at, element] = [0, 0];
  let [retryAt, retryElement] = [-1, -1];
  while (at < text.length) {
    const next = elements[element];
    if (next?.kind === 'many') {
      [retryAt, retryElement] = [at, element];
      element += 1;
    } else if (next?.kind === 'one' && next.matches(text[at] ?? '')) {
      at += 1;
      element += 1;
    } else if (retryElement >= 0) {
      retryAt += 1;
      [at, element] = [retryAt, retryElement + 1];
    } else {
      return onlyBlanks(text.slice(at), elements.slice(element));
    }
  }
  return elements.slice(element).every(({ kind }) => kind === 'many');
}

/** Trailing blanks of the text don't count when the pattern has ended. */
function onlyBlanks(rest: readonly string[], elements: readonly Element[]): boolean {
  return elements.length === 0 && rest.every((character) => character === ' ');
}
