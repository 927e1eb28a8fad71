import { showKind } from '../value/wording.ts';

/** Ends a check: the message becomes the problem. */
export function refuse(message: string): never {
  throw new Error(message);
}

/** The value as a text; anything else is refused as not being a `kind`. */
export function textOf(value: unknown, kind: string): string {
  if (typeof value === 'string') return value;
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  return refuse(`${showKind(value)} is not ${kind}${scalar ? ': put it in quotes' : ''}`);
}
