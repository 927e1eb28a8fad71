import { errorCatalogue } from './catalogue.ts';
import type { MessageDescription, SqlErrorDescription } from './description.ts';
import { messageCatalogue, messageFragments } from './messages.ts';

/** Longer texts are cut: a whole message of SQL Server is shorter. */
const maximumCharacters = 2000;

/** Entries of the catalogue that a text names, or whose words it has. */
export type Explained = SqlErrorDescription | MessageDescription;

/**
 * The entries for a text: those whose fragment of the server's text stands in it (a whole message was pasted), else those
 * that have each of its words in their fragment, name or meaning. In the order of the catalogue; compares without case.
 */
export function searchErrors(text: string): readonly Explained[] {
  const wanted = normalized(text.slice(0, maximumCharacters));
  if (wanted === '') return [];
  const all: readonly Explained[] = [...errorCatalogue, ...messageCatalogue];
  const pasted = all.filter((entry) => wanted.includes(normalized(fragmentOf(entry))));
  if (pasted.length > 0) return pasted;
  const words = wanted.split(' ');
  return all.filter((entry) => {
    const own = normalized(`${fragmentOf(entry)} ${entry.name} ${entry.meaning}`);
    return words.every((word) => own.includes(word));
  });
}

/** The numbers of the catalogue that differ from this one in a digit, or by two digits in the wrong order. */
export function similarNumbers(number: number): readonly number[] {
  const digits = String(number);
  return errorCatalogue.map((entry) => entry.number).filter((other) => isSimilar(digits, String(other)));
}

/** The few words of the server's text by which an entry is found. */
export function fragmentOf(entry: Explained): string {
  return 'number' in entry ? (messageFragments.get(entry.number) ?? entry.name) : entry.text;
}

function normalized(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]/u)
    .filter((word) => word !== '')
    .join(' ');
}

function isSimilar(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const different = [...one].flatMap((digit, index) => (digit === other[index] ? [] : [index]));
  const [first = 0, second = 0] = different;
  if (different.length === 2)
    return second === first + 1 && one[first] === other[second] && one[second] === other[first];
  return different.length === 1;
}
