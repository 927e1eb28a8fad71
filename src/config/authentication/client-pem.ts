import { certificateBlocks } from '../certificates/blocks.ts';

/** What a PEM file of a client holds, each block as it stands there. */
export interface ClientPem {
  /** The client's own first, then those above it. */
  readonly certificates: readonly string[];
  /** Null: there is none. */
  readonly privateKey: string | null;
}

const keyMark = /-----(BEGIN|END) ((?:[A-Z]{1,20} )?PRIVATE KEY)-----/g;

/** The blocks of a PEM text, wherever they stand in it; what is around them is dropped. */
export function readClientPem(text: string): ClientPem {
  return { certificates: certificateBlocks(text), privateKey: firstKey(text) };
}

/** The block that starts first and has an end of its kind. */
function firstKey(text: string): string | null {
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  for (const { 0: mark, 1: side, 2: kind = '', index } of text.matchAll(keyMark)) {
    if (side === 'BEGIN' && !starts.has(kind)) starts.set(kind, index);
    if (side === 'END' && starts.has(kind) && !ends.has(kind)) ends.set(kind, index + mark.length);
  }
  const [first] = [...starts].filter(([kind]) => ends.has(kind)).sort(([, one], [, other]) => one - other);
  return first === undefined ? null : text.slice(first[1], ends.get(first[0]));
}
