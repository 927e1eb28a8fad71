/**
 * What makes a line read as another one, or as two: controls, what turns or hides the text around it (Cf holds the bidi
 * controls), the separators that some programs take for a line's end, and surrogates that stand alone.
 */
const deceptive = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Whether a text could be taken for something else in a line of the log. */
export function isDeceptive(text: string): boolean {
  return text.search(deceptive) >= 0;
}

/** JSON with each such character as JSON's own escape, which logfmt has taken over: programs read the original. */
export function escapeDeceptive(json: string): string {
  return json.replace(deceptive, (character) => {
    let escaped = '';
    // JSON escapes code units, two for a character beyond U+FFFF.
    for (let at = 0; at < character.length; at += 1)
      escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    return escaped;
  });
}
