import type { Severity } from '../../link/data/verdict.ts';
import type { Span } from '../../text/visible.ts';
import { type Html, html, type Part } from './html.ts';

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
