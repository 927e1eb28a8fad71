import type { ErrorLogSchedule } from './config.ts';
import { errorLogSchema } from './schema.ts';
import { parseDuration } from './value/duration.ts';
import { type Located, type Mapping, readMapping } from './value/mapping.ts';
import type { Report } from './value/problem.ts';

/** The server scans its whole log for each read. */
const shortestIntervalMilliseconds = 60_000;
const longestIntervalMilliseconds = 86_400_000;
const shortestTimeoutMilliseconds = 100;
const longestTimeoutMilliseconds = 60_000;

type ErrorLogKeys = Mapping<{ enabled: boolean; interval: string; timeout: string }>;

/** Reads how a server's error log is read; null when it is not, which is the default. */
export function readErrorLog(at: Located | null, report: Report): ErrorLogSchedule | null {
  if (at === null) return null;
  const mapping: ErrorLogKeys = readMapping(errorLogSchema, at, report);
  const interval = parseDuration(mapping.values.interval) ?? 0;
  const timeout = parseDuration(mapping.values.timeout) ?? 0;
  if (interval < shortestIntervalMilliseconds || interval > longestIntervalMilliseconds) {
    reportRange(mapping, 'interval', '1m to 1d', report);
  }
  if (timeout < shortestTimeoutMilliseconds || timeout > longestTimeoutMilliseconds) {
    reportRange(mapping, 'timeout', '100ms to 1m', report);
  }
  return mapping.values.enabled ? { intervalSeconds: interval / 1000, timeoutSeconds: timeout / 1000 } : null;
}

function reportRange(mapping: ErrorLogKeys, key: 'interval' | 'timeout', range: string, report: Report): void {
  const given = mapping.given(key);
  if (given !== null) report(given.path, given.line, `${mapping.values[key]} is out of range: use ${range}`);
}
