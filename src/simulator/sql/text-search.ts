/** Where `part` first stands in `text` from a position on, without regard to case; -1 when nowhere, or for empty `part`. */
export function findText(text: string, part: string, from: number): number {
  if (part === '') return -1;
  return folded(text).indexOf(folded(part), Math.max(0, from));
}

/** Replaces every occurrence without regard to case. */
export function replaceText(text: string, part: string, replacement: string): string {
  if (part === '') return text;
  const pieces: string[] = [];
  let from = 0;
  for (let at = findText(text, part, 0); at >= 0; at = findText(text, part, from)) {
    pieces.push(text.slice(from, at), replacement);
    from = at + part.length;
  }
  return pieces.join('') + text.slice(from);
}

/** Lower case that keeps every position: letters whose lower case is longer stay. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text].map((each) => (each.toLowerCase().length === each.length ? each.toLowerCase() : each)).join('');
}
