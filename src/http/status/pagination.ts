import { html, type Part } from './html.ts';

/** Rows of a table on one page. */
const rowsPerPage = 100;

export interface Slice<Item> {
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
