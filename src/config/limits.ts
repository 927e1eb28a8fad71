import type { ServerLimits } from './config.ts';
import { limitsSchema } from './schema.ts';
import { type Context, type Located, readMapping } from './value/mapping.ts';

/**
 * What the largest honest server stays below, by half and more.
 *
 * 5,000 databases (what one poll is tested with) in 100 links (Microsoft's limit is 100 for each managed instance), each
 * database with the rows of two replicas and of the two ends of its distributed group: 4 * 5,000 = 20,000 rows of
 * sys.dm_hadr_database_replica_states. sys.dm_hadr_automatic_seeding keeps one row for each attempt since the start:
 * 5,000 * 10 = 50,000. A row of the widest view has 24 columns: 128 characters for a name, 36 for each of 3 identifiers,
 * 27 numbers and dates of at most 17 bytes: below 600 bytes, and 50,000 * 600 = 30 MB. The longest single value is an
 * endpoint's address or an error's text (nvarchar(2048)): 4 KiB. A login takes 2 to 10 KiB, certificates included.
 */
export const defaultLimits: ServerLimits = {
  loginBytes: 262_144,
  answerBytes: 67_108_864,
  rowBytes: 1_048_576,
  rows: 100_000,
  valueLength: 65_536,
  links: 200,
  databases: 10_000,
};

/** Each limit's key in the file, and its range. */
export const limitKeys = {
  login_bytes: { name: 'loginBytes', least: 16_384, most: 16_777_216 },
  answer_bytes: { name: 'answerBytes', least: 65_536, most: 1_073_741_824 },
  row_bytes: { name: 'rowBytes', least: 16_384, most: 67_108_864 },
  rows: { name: 'rows', least: 100, most: 10_000_000 },
  value_length: { name: 'valueLength', least: 4_096, most: 16_777_216 },
  links: { name: 'links', least: 1, most: 10_000 },
  databases: { name: 'databases', least: 1, most: 100_000 },
} as const satisfies Record<string, { name: keyof ServerLimits; least: number; most: number }>;

/** Reads the limits of a mapping over those that hold without it. */
export function readLimits(at: Located | null, above: ServerLimits, { report }: Pick<Context, 'report'>): ServerLimits {
  if (at === null) return above;
  const mapping = readMapping(limitsSchema, at, report);
  const limits: Record<keyof ServerLimits, number> = { ...above };
  for (const [key, { name, least, most }] of Object.entries(limitKeys)) {
    const given = mapping.given(key as keyof typeof limitKeys);
    const value = mapping.values[key as keyof typeof limitKeys];
    if (given === null || value === null) continue;
    if (value >= least && value <= most) limits[name] = value;
    else report(given.path, given.line, `${value} is out of range: use ${least} to ${most}`);
  }
  // The same object where the same holds: whoever asks whether something was changed compares it.
  return Object.values(limitKeys).every(({ name }) => limits[name] === above[name]) ? above : limits;
}
