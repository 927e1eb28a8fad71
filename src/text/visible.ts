/**
 * Control characters, what turns or hides the text around it (Cf holds the bidi controls), surrogates, private and
 * unassigned characters, and the two separators that some terminals take for a line's end.
 */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A text from a server, safe to print: what a terminal would obey instead of showing becomes `\u{1b}`. The one tab or
 * line's end in an ordinary message becomes a space.
 */
export function visible(text: string): string {
  return text.replace(/\s+/g, (blanks) => (/[\r\n\t]/.test(blanks) ? ' ' : blanks)).replace(invisible, escaped);
}

/** Whether a text would be printed as it is. */
export function isVisible(text: string): boolean {
  return visible(text) === text;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** JSON that is safe to print too: the same characters as JSON's own escapes, so that programs read the original. */
export function visibleJson(json: string): string {
  return json.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\n') return character;
    // JSON escapes code units, two for a character beyond U+FFFF.
    return Array.from({ length: character.length }, (_, index) => jsonEscape(character.charCodeAt(index))).join('');
  });
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** What a piece of text is, for those who see colours; the words alone say everything. */
export type Tone = 'plain' | 'strong' | 'faint' | 'good' | 'warning' | 'bad' | 'open';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A piece of text that is safe to print, whatever a server put in it. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: visible(text), tone };
}

/** A cell of a table. */
export type Cell = string | Span;
