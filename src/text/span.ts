import { visible } from './visible.ts';

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
