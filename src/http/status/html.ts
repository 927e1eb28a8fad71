import { visible } from '../../text/visible.ts';

/** A piece of HTML that is safe to send: only `html` and `attribute` make one. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: everything but HTML is shown as the text that it is; null leaves nothing. */
export type Part = Html | string | number | null | readonly Part[];

/** A template of HTML. No text that is put in can become markup, or an attribute of its own within quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.map((string, index) => string + markupOf(parts[index] ?? null)).join('') };
}

/** A text as the value of a quoted attribute that programs read: unlike everywhere else each character is kept. */
export function attribute(text: string): Html {
  return { markup: escapeHtml(text) };
}

/** A name that somebody else gave: one in a right-to-left script must not turn the text around it. */
export function named(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** Makes a text safe as HTML content and within a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Characters that turn or hide the text around them are shown by their numbers. */
function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeHtml(visible(part));
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(markupOf).join('');
}
