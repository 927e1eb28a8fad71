import { cellsOf } from '../terminal/cells.ts';
import { isVisible } from './visible.ts';

/** A name as T-SQL takes it whatever it holds: `]` is doubled, as QUOTENAME does. */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A text constant, in which `'` is doubled. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}

/** What stands for a name in the statements of the catalogue and of the advice: `[link]`, `[database]`, ... */
export const placeholders = ['link', 'group', 'database', 'endpoint', 'certificate'] as const;

export type Placeholder = (typeof placeholders)[number];

/** Names by placeholder; one that is not known keeps its placeholder, for a person to fill in. */
export type Names = Readonly<Partial<Record<Placeholder, string>>>;

/** A statement with the names filled in, and as it was before. */
export interface Statement {
  readonly text: string;
  readonly template: string;
}

/** Fills names in, each quoted: `[link]` as a name, `N'<database>'` as a text. In one pass: no name is looked into. */
export function fillStatement(template: string, names: Names): Statement {
  const pattern = new RegExp(`\\[(${placeholders.join('|')})\\]|N'<(${placeholders.join('|')})>'`, 'g');
  const text = template.replace(pattern, (whole: string, name?: Placeholder, value?: Placeholder) => {
    const found = names[name ?? value ?? 'link'];
    if (found === undefined) return whole;
    return name === undefined ? quoteText(found) : quoteName(found);
  });
  return { text, template };
}

/** What ends a quoted name and a quoted text. */
const closing: Readonly<Record<string, string>> = { '[': ']', "'": "'" };

/**
 * Words that a line's end may stand between: quoted names and texts are one with what touches them. One that is not
 * closed goes on to the end: nothing in it may be broken either.
 */
function wordsOf(statement: string): readonly string[] {
  const words: string[] = [];
  let start = 0;
  for (let at = 0; at <= statement.length; ) {
    const character = statement.charAt(at);
    if (character.trim() !== '') {
      at = afterQuoted(statement, at);
      continue;
    }
    if (at > start) words.push(statement.slice(start, at));
    at += 1;
    start = at;
  }
  return words;
}

/** Behind the quoted name or text that starts here; behind this character when none does. */
function afterQuoted(statement: string, start: number): number {
  const close = closing[statement.charAt(start)];
  if (close === undefined) return start + 1;
  for (let at = start + 1; ; ) {
    const end = statement.indexOf(close, at);
    if (end < 0) return statement.length;
    if (statement.charAt(end + 1) !== close) return end + 1;
    at = end + 2;
  }
}

/**
 * A statement in lines of at most so many cells, to be pasted as it is. Null when that can't be: a quoted name that is
 * too long must not be broken, and one with control characters must not be printed.
 */
export function wrapStatement(statement: string, cells: number): readonly string[] | null {
  const lines: string[] = [];
  for (const each of wordsOf(statement)) {
    const last = lines.at(-1);
    const joined = `${last} ${each}`;
    if (last !== undefined && cellsOf(joined) <= cells) lines[lines.length - 1] = joined;
    else lines.push(last === undefined ? each : `  ${each}`);
  }
  return lines.every((line) => cellsOf(line) <= cells && isVisible(line)) ? lines : null;
}
