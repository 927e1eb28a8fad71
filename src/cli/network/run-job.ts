import { addJob, addServer, addStep, startJob, stepsFor } from '../../network/job.ts';
import { type Obstacle, obstacleOf, outcomeOf, type TargetOutcome } from '../../network/outcome.ts';
import { activity, jobId, logs, steps as readSteps } from '../../network/reading.ts';
import type { Leftover } from '../../network/report.ts';
import type { Target } from '../../network/target.ts';
import { classifyError } from '../../sql/classify-error.ts';
import type { RawRecord } from '../../sql/connection.ts';
import { madeJob, remove } from './remove.ts';
import type { ServerSession } from './session.ts';

/** How a job is awaited. */
export interface Waiting {
  readonly limitSeconds: number;
  readonly monotonicSeconds: () => number;
  /** Resolves after a while, or at once when `stop` aborts. */
  readonly pause: () => Promise<void>;
  readonly stop: AbortSignal;
  readonly onProgress: (text: string) => void;
}

export interface JobResult {
  readonly outcomes: readonly TargetOutcome[];
  readonly obstacle: Obstacle | null;
  readonly said: string;
  readonly leftover: Leftover | null;
}

/** Makes a job, runs it once, reads its log, and removes it whatever happens. Never rejects. */
export async function runJob(
  session: ServerSession,
  name: string,
  targets: readonly Target[],
  waiting: Waiting,
): Promise<JobResult> {
  let result: Omit<JobResult, 'leftover'>;
  try {
    result = await makeAndRun(session, name, targets, waiting);
  } catch (error) {
    const { errorNumber, reason, message } = classifyError(error);
    const obstacle = errorNumber === null ? 'not_connected' : obstacleOf(errorNumber);
    result = {
      outcomes: [],
      obstacle,
      said: errorNumber === null ? `${reason}: ${message}` : `${errorNumber}: ${message}`,
    };
  }
  // Also after an error of the first statement: it may have been executed, and only its answer lost.
  return { ...result, leftover: await remove(session, madeJob(name)) };
}

async function makeAndRun(
  session: ServerSession,
  name: string,
  targets: readonly Target[],
  waiting: Waiting,
): Promise<Omit<JobResult, 'leftover'>> {
  const steps = stepsFor(targets);
  const statements = [
    addJob(name),
    ...steps.map((step) => addStep(name, step, step === steps.at(-1))),
    addServer(name),
    startJob(name),
  ];
  for (const statement of statements) {
    if (waiting.stop.aborted) return unfinished('interrupted');
    await session.run(statement);
  }
  const [job] = await session.run(jobId(name));
  const id = String(job?.job_id ?? '');
  const startedAt = await untilEnded(session, id, waiting);
  if (typeof startedAt === 'string') return unfinished(startedAt);
  const texts = await readLogs(session, id, startedAt);
  const outcomes = targets.map((target) => {
    const textOf = (kind: 'test' | 'reason') =>
      texts.get(steps.find((step) => step.target === target && step.kind === kind)?.stepId ?? 0);
    const [test, reason] = [textOf('test'), textOf('reason')];
    return outcomeOf(target, { test: test?.text ?? null, reason: reason?.text ?? null, isOld: test?.isOld ?? false });
  });
  return { outcomes, obstacle: null, said: '' };
}

function unfinished(obstacle: Obstacle): Omit<JobResult, 'leftover'> {
  return { outcomes: [], obstacle, said: '' };
}

/** When the run began, by the server's clock; an obstacle where it did not end in time. */
async function untilEnded(session: ServerSession, id: string, waiting: Waiting): Promise<Date | Obstacle> {
  const began = waiting.monotonicSeconds();
  for (;;) {
    const [row] = await session.run(activity(id));
    const { start_execution_date: started, stop_execution_date: ended } = row ?? {};
    if (started instanceof Date && ended instanceof Date) return started;
    const seconds = Math.floor(waiting.monotonicSeconds() - began);
    if (waiting.stop.aborted) return 'interrupted';
    if (seconds >= waiting.limitSeconds) return 'late';
    waiting.onProgress(`${session.server.name} is testing, ${seconds} s of at most ${waiting.limitSeconds} s ...`);
    await waiting.pause();
  }
}

interface Log {
  readonly text: string;
  readonly isOld: boolean;
}

/** By step. A log that was written before the run began is of an earlier one. */
async function readLogs(session: ServerSession, id: string, startedAt: Date): Promise<ReadonlyMap<number, Log>> {
  const steps = await session.run(readSteps(id));
  const rows = await session.run(logs(id));
  const ofStep = (row: RawRecord): RawRecord | undefined => rows.find((each) => each.step_uid === row.step_uid);
  return new Map(
    steps.flatMap((step): [number, Log][] => {
      const found = ofStep(step);
      if (found === undefined || typeof found.log !== 'string') return [];
      const written = found.date_modified;
      const isOld = written instanceof Date && written.getTime() < Math.floor(startedAt.getTime() / 1000) * 1000;
      return [[Number(step.step_id), { text: found.log, isOld }]];
    }),
  );
}
