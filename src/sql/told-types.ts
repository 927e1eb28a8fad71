import type { RawRecord } from './connection.ts';

/** A column by its name, with its type as the server declares it, in lower case. */
interface Typed {
  readonly name: string;
  readonly type: string;
}

type Tell = (value: unknown) => unknown;

/**
 * What the driver's value no longer says of its type, by type. It gives each of these as a Date or a text, as it gives the
 * types that are documented: without this, a time of day was an instant of 1970, and an instant with its zone one in the
 * zone of the column.
 */
const tellers: Readonly<Record<string, Tell>> = {
  datetimeoffset: ofDate((text) => text),
  time: ofDate((text) => text.slice('2026-11-29T'.length, -1)),
  // Which of them it is, only the driver knew.
  sql_variant: ofDate((text) => `sql_variant ${text.slice(0, -1)}`),
  // Of a fixed length, filled up with blanks, which compare as nothing there.
  char: withoutBlanks,
  nchar: withoutBlanks,
};

function ofDate(told: (text: string) => string): Tell {
  return (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? told(value.toISOString()) : value);
}

function withoutBlanks(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  let end = value.length;
  while (end > 0 && value[end - 1] === ' ') end -= 1;
  return value.slice(0, end);
}

/**
 * What makes the values of an answer with such columns tell their types, in the record itself, which nobody else has seen;
 * null where they do as they are.
 */
export function typeTeller(columns: readonly Typed[]): ((record: RawRecord) => RawRecord) | null {
  const odd = columns.flatMap(({ name, type }) => {
    const tell = tellers[type];
    return tell === undefined ? [] : [{ name, tell }];
  });
  if (odd.length === 0) return null;
  return (record) => {
    const own = record as Record<string, unknown>;
    for (const { name, tell } of odd) own[name] = tell(own[name]);
    return record;
  };
}
