/**
 * The ranges that the rules look back over. None is a whole number of seconds: the recorded series have a sample at every whole
 * interval, and whether the one at the very edge counts is what Prometheus 2 and 3 differ in.
 */
export const windows = {
  /** What is present for half of this is told. */
  flapping: '14m53s500ms',
  /** The same for alerts that wait for up to half an hour. */
  slowFlapping: '59m53s500ms',
  /** Longer than the pauses of what is present for half of any quarter of an hour, and what the polls add: only then it is over. */
  over: '8m29s500ms',
  /** How long a run goes on without being seen. */
  run: '14m53s500ms',
  /** How long something is remembered that nobody sees: beyond any restart. */
  memory: '1d',
} as const;

/** Seconds of `windows.memory`. */
export const memorySeconds = 86_400;

/** After this many seconds without news an alert ends, having said for half of it that it is old. */
export const forgottenSeconds = 2 * memorySeconds;
