import { resolve } from 'node:path';
import type { HistoryConfig } from './config.ts';
import { historySchema, objectivesSchema } from './schema.ts';
import { parseDuration } from './value/duration.ts';
import { type Context, type Located, type Mapping, readMapping } from './value/mapping.ts';

export const defaultHistory: HistoryConfig = {
  path: null,
  sizeLimitBytes: 67_108_864,
  ageLimitSeconds: 8_640_000,
  objectives: { dataLossSeconds: 900, recoverySeconds: 3600 },
};

const sizeRange = { least: 1_048_576, most: 17_179_869_184 };
const secondsRanges = {
  age_limit: { least: 3600, most: 400 * 86_400, text: '1h to 400d' },
  objective: { least: 1, most: 30 * 86_400, text: '1s to 30d' },
} as const;

/** Reads the section `history`; the defaults where there is none. */
export function readHistory(at: Located | null, { folder, report }: Pick<Context, 'folder' | 'report'>): HistoryConfig {
  if (at === null) return defaultHistory;
  const mapping = readMapping(historySchema, at, report);
  const { path, size_limit_bytes: size } = mapping.values;
  const givenSize = mapping.given('size_limit_bytes');
  if (givenSize !== null && (size < sizeRange.least || size > sizeRange.most))
    report(givenSize.path, givenSize.line, `${size} is out of range: use ${sizeRange.least} to ${sizeRange.most}`);
  return {
    path: path === null ? null : resolve(folder, path),
    sizeLimitBytes: size,
    ageLimitSeconds: secondsOf(mapping, 'age_limit', secondsRanges.age_limit, report),
    objectives: readObjectives(mapping.given('objectives'), report),
  };
}

function readObjectives(at: Located | null, report: Context['report']): HistoryConfig['objectives'] {
  if (at === null) return defaultHistory.objectives;
  const mapping = readMapping(objectivesSchema, at, report);
  const range = secondsRanges.objective;
  return {
    dataLossSeconds: secondsOf(mapping, 'data_loss', range, report),
    recoverySeconds: secondsOf(mapping, 'recovery', range, report),
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly text: string;
}

function secondsOf<T>(mapping: Mapping<T>, key: keyof T & string, range: Range, report: Context['report']): number {
  const text = String(mapping.values[key]);
  const seconds = (parseDuration(text) ?? 0) / 1000;
  const given = mapping.given(key);
  if (given !== null && (seconds < range.least || seconds > range.most))
    report(given.path, given.line, `${text} is out of range: use ${range.text}`);
  return seconds;
}
