/** A message of sys.messages, cut at its placeholders, to be found again in the error log. */
export interface MessagePattern {
  readonly number: number;
  /** The literal texts in their order; the first one or the last one is empty where a placeholder stands there. */
  readonly pieces: readonly string[];
}

/**
 * Numbers that SQL Server logs as text only, without an entry that says the number: their severity is 10. To count them,
 * read their texts from sys.messages (in every language, so that the language of the server does not matter).
 */
export const numbersLoggedAsText: readonly number[] = [
  1480, 28045, 28047, 28048, 35201, 35202, 35204, 35206, 35264, 35267,
];

/** Shorter messages would be found in the texts of others. */
const minimumLiteralCharacters = 15;

/** `%d`, `%.*ls`, `%I64d`, `%08X`, `%S_MSG` as in English, `%1!` as in translated messages. */
const placeholder = /%(?:\d{1,2}!|S_[A-Z]{2,4}|[-+#0]?[\d.*]{0,6}(?:I64|hs|h|l|w)?[A-Za-z])/u;

/** Makes a pattern of sys.messages.text; null for a text with too few words of its own to be told from others. */
export function messagePattern(number: number, text: string): MessagePattern | null {
  const pieces = text.split(new RegExp(placeholder, 'gu'));
  return pieces.join('').trim().length < minimumLiteralCharacters ? null : { number, pieces };
}

/** The numbers of the messages that an entry of the error log is the text of, each once. */
export function loggedMessageNumbers(patterns: readonly MessagePattern[], entry: string): readonly number[] {
  return [...new Set(patterns.filter(({ pieces }) => matches(pieces, entry)).map(({ number }) => number))];
}

function matches(pieces: readonly string[], entry: string): boolean {
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  if (!entry.startsWith(first) || !entry.trimEnd().endsWith(last.trimEnd())) {
    return false;
  }
  let position = first.length;
  for (const piece of pieces.slice(1)) {
    const found = entry.indexOf(piece.trimEnd(), position);
    if (found < 0) {
      return false;
    }
    position = found + piece.trimEnd().length;
  }
  return true;
}
