import type { Alter, AlteredRow } from '../integration/altered-end.ts';
import { type Random, randomOf } from './random.ts';

const pieces = [
  ...[
    '\ud800',
    '\udc00',
    '\u202e',
    '\u2028',
    '\0',
    '\u001b[2J',
    '"',
    '\\',
    '\n',
    '\r\n',
    "'",
    '`',
    '{{',
    '}}',
    '%q',
    '${',
    ']]',
  ],
  ...[
    '<script>',
    '&amp;',
    '--',
    '/*',
    ';Server=[',
    'tcp://',
    '[',
    ']',
    ' ',
    '\u0301',
    '€',
    '\u{1f600}',
    'a',
    'DAG',
    'NaN',
  ],
] as const;

/** A text that something behind may stumble over: odd pieces, once in a while many of them. */
export function oddText(random: Random): string {
  const count = random.chance(0.05) ? random.below(20_000) : 1 + random.below(12);
  const [one, other] = [pieces[random.below(pieces.length)] ?? '', pieces[random.below(pieces.length)] ?? ''];
  return random.chance(0.5)
    ? (one + other).repeat(count)
    : Array.from({ length: Math.min(count, 200) }, () => pieces[random.below(pieces.length)]).join('');
}

/** Some texts of some rows become odd ones, and rows are missing or there twice. */
export function alterTexts(seed: number): Alter {
  let batches = 0;
  return (rows) => {
    batches += 1;
    const random = randomOf(seed, batches);
    return rows.flatMap((row) => {
      if (random.chance(0.02)) return [];
      const altered = random.chance(0.5) ? withOddTexts(row, random) : row;
      return random.chance(0.02) ? [altered, altered] : [altered];
    });
  };
}

function withOddTexts(row: AlteredRow, random: Random): AlteredRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      // Identifiers, numbers as text and times have a form of their own on the wire.
      const isText = typeof value === 'string' && !/_id$|_lsn$|_time|date|rate|size|seconds/.test(name);
      return [name, isText && random.chance(0.3) ? oddText(random) : value];
    }),
  );
}
