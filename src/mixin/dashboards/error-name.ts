import { errorInfo } from '../../metrics/families/error.ts';
import { select } from './variables.ts';

/**
 * Joins our catalogue's name of an error to a vector with the label `error`; a number that has none stays without. One name
 * each, also while two versions of the exporter call it differently.
 */
export function withErrorName(vector: string): string {
  const names = `topk by (error) (1, group by (error, name) (${select(errorInfo)}))`;
  return `(${vector})\n* on (error) group_left (name) ${names}\nor (${vector}) unless on (error) ${select(errorInfo)}`;
}
