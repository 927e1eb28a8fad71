import { scheduledViews, type ViewSchedule, type ViewSchedules } from './config.ts';
import { viewSchema, viewsSchema } from './schema.ts';
import { parseDuration } from './value/duration.ts';
import { type Mapping, readMapping } from './value/mapping.ts';
import type { Report } from './value/problem.ts';

const longestIntervalMilliseconds = 86_400_000;
const shortestTimeoutMilliseconds = 100;
const longestTimeoutMilliseconds = 600_000;

/**
 * Reads when single views are read; views that the file does not name are not in the result. A poll interval of 0 is one
 * that is not known, as it was reported.
 */
export function readViews(top: Mapping<{ views: null }>, pollIntervalSeconds: number, report: Report): ViewSchedules {
  const at = top.given('views');
  if (at === null) return {};
  const views = readMapping(viewsSchema, at, report);
  const schedules = scheduledViews.flatMap((name) => {
    const view = views.given(name);
    if (view === null) return [];
    const mapping = readMapping(viewSchema, view, report);
    return [[name, readSchedule(mapping, pollIntervalSeconds, report)] as const];
  });
  return Object.fromEntries(schedules);
}

type ViewKeys = Mapping<{ interval: string | null; timeout: string | null }>;

function readSchedule(view: ViewKeys, pollIntervalSeconds: number, report: Report): ViewSchedule {
  const interval = parseDuration(view.values.interval ?? '');
  const timeout = parseDuration(view.values.timeout ?? '');
  const intervalAt = view.given('interval');
  const timeoutAt = view.given('timeout');
  if (intervalAt !== null && interval !== null && interval > longestIntervalMilliseconds) {
    report(intervalAt.path, intervalAt.line, `${view.values.interval} is out of range: use the poll_interval to 1d`);
  } else if (intervalAt !== null && interval !== null && interval < pollIntervalSeconds * 1000) {
    const message = `${view.values.interval} is shorter than the poll_interval: a poll reads a view at most once`;
    report(intervalAt.path, intervalAt.line, message);
  }
  const isTimeoutInRange =
    timeout === null || (timeout >= shortestTimeoutMilliseconds && timeout <= longestTimeoutMilliseconds);
  if (timeoutAt !== null && !isTimeoutInRange) {
    report(timeoutAt.path, timeoutAt.line, `${view.values.timeout} is out of range: use 100ms to 10m`);
  }
  return { intervalSeconds: inSeconds(interval), timeoutSeconds: inSeconds(timeout) };
}

function inSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}
