import type { StateWord } from './look.ts';

/** How many ends are primary. */
export const primaryWords: readonly StateWord[] = [
  { value: 0, text: 'none', color: 'orange' },
  { value: 1, text: 'one', color: 'green' },
  { value: 2, text: 'split brain', color: 'dark-red' },
];

/** How many ends were seen. */
export const endWords: readonly StateWord[] = [
  { value: 0, text: 'none', color: 'red' },
  { value: 1, text: 'one of two', color: 'orange' },
  { value: 2, text: 'both', color: 'green' },
];
