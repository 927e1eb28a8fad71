import { describeError } from './catalogue.ts';

/** A SQL Server error number for a sentence, with its name where the catalogue has it: `35206 (connection_lost)`. */
export function errorText(number: number): string {
  const name = describeError(number)?.name;
  return name === undefined ? String(number) : `${number} (${name})`;
}
