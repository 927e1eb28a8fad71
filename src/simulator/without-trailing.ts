/**
 * A text without the characters at its end that are among `characters`. In one pass from the end: a regular expression
 * like `/ +$/` is tried anew at each blank, which takes time in the square of their number.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
