import type { Family } from '../family.ts';

/** The certificates that the link uses. */
export const certificateFamilies: readonly Family[] = [];
