import type { CheckReport } from '../../check/report/report.ts';
import type { Timeline } from '../../history/history.ts';
import type { State } from '../../metrics/family.ts';
import type { KeptAnswers, Untaken } from '../load/answers.ts';
import type { WebPaths } from '../web-paths.ts';
import type { DebugPoll } from './debug-polls.ts';
import type { Frame } from './document.ts';
import { placesUnder } from './places.ts';

/** Where the pages for people come from. */
export interface StatusSource {
  /** All that is known now, put together from memory. */
  readonly readReport: () => CheckReport;
  /** What happened, from memory. */
  readonly timeline: Timeline;
  /** Has a server polled, within limits; one for all listeners. Null: the debug view is off. */
  readonly debugPoll: ((server: string) => Promise<DebugPoll>) | null;
}

export interface StatusOptions {
  readonly version: string;
  readonly readState: () => State;
  readonly paths: WebPaths;
  /** The pages that were made of the present state. */
  readonly kept: KeptAnswers;
  readonly untaken: Untaken;
  readonly status: StatusSource;
  /** Present where /config is. */
  readonly configuration?: object;
}

/** What is around every page. */
export function frameOf({ version, paths, configuration }: StatusOptions): Frame {
  const others = [
    [paths.telemetryPath, 'Metrics'],
    ...(configuration === undefined ? [] : [['/config', 'Configuration'] as const]),
    ['/sd', 'Discovery'],
    ['/-/healthy', 'Healthy'],
    ['/-/ready', 'Ready'],
  ] as const;
  return { version, places: placesUnder(paths), others };
}
