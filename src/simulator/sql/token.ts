/** A lexical element of a batch. `text` is the value: a name without its brackets, a string without its quotes. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'national' | 'number' | 'binary' | 'variable' | 'operator' | 'end';
  readonly text: string;
  /** Line in the batch, from 1. */
  readonly line: number;
  /** Offsets in the batch, to tell where a statement's text starts and ends. */
  readonly start: number;
  readonly end: number;
}
