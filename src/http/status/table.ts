import { type Html, html, type Part } from './html.ts';

export interface TableColumn {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

export interface TableOptions {
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
