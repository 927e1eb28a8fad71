import type { Severity } from '../../link/data/verdict.ts';
import { type Span, visible } from '../../text/visible.ts';

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

interface TableColumn {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

interface TableOptions {
  /** What the table holds, for those who can't see where it stands. */
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Part[])[];
  /** On a narrow screen only the first two cells of each row are shown. */
  readonly isBrief?: boolean;
}

/**
 * A table of which the first cell of a row is its heading. On a narrow screen each row becomes a block in which every cell
 * carries its column's name; the roles say that it is a table even then.
 */
export function table({ caption, columns, rows, isBrief = false }: TableOptions): Html {
  const side = ({ align }: TableColumn): Html => (align === 'right' ? html` class="right"` : html``);
  const head = columns.map((column) => html`<th scope="col" role="columnheader"${side(column)}>${column.heading}</th>`);
  const body = rows.map((cells) => {
    const [first = null, ...others] = cells;
    const rest = others.map((cell, index) => {
      const column = columns[index + 1] ?? { heading: '' };
      return html`<td role="cell" data-label="${column.heading}"${side(column)}>${cell}</td>`;
    });
    return html`<tr role="row"><th scope="row" role="rowheader">${first}</th>${rest}</tr>\n`;
  });
  return html`<table role="table"${isBrief ? html` class="brief"` : null}><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body}</tbody></table>
`;
}

/** Rows of a table on one page. */
const rowsPerPage = 100;

interface Slice<Item> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly pages: number;
}

/** The part of a list that a page shows; a page that there is not is the nearest one that there is. */
export function sliceOf<Item>(all: readonly Item[], wanted: string | null, perPage = rowsPerPage): Slice<Item> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const number = /^\d{1,6}$/.test(wanted ?? '') ? Number(wanted) : 1;
  const page = Math.min(Math.max(number, 1), pages);
  return { items: all.slice((page - 1) * perPage, page * perPage), page, pages };
}

/** The way to the other pages; nothing where there is one. */
export function pageLinks({ page, pages }: Slice<unknown>, place: (page: number) => string): Part {
  if (pages === 1) return null;
  const to = (number: number, text: string): Part =>
    number < 1 || number > pages ? null : html`<a href="${place(number)}">${text}</a>`;
  return html`<nav class="pages" aria-label="More rows">${to(page - 1, 'Previous page')} <span>Page ${page} of ${pages}</span> ${to(page + 1, 'Next page')}</nav>\n`;
}

/** The severity in words; its colour only repeats them. */
export function badge(severity: Severity): Html {
  return html`<span class="badge ${severity}">${severity.toUpperCase()}</span>`;
}

/** A cell of a screen as HTML, with its tone. */
export function toned(cell: string | Span): Html {
  if (typeof cell === 'string') return html`${cell}`;
  return cell.tone === 'plain' ? html`${cell.text}` : html`<span class="${cell.tone}">${cell.text}</span>`;
}

/** A paragraph for each text, in the tone given. */
export function paragraphs(texts: readonly string[], tone = 'plain'): readonly Part[] {
  return texts.map((text) => html`<p class="${tone}">${text}</p>`);
}
