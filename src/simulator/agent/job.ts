import type { AgentState, Platform } from '../world/preparation.ts';
import { type ConnectFrom, type ProbeDurations, runPowerShell } from './powershell.ts';

/** What to do after a step: 1 end well, 2 end badly, 3 the next step, 4 the step named. */
type StepAction = 1 | 2 | 3 | 4;

export interface JobStep {
  readonly stepId: number;
  readonly name: string;
  readonly subsystem: string;
  readonly command: string;
  readonly flags: number;
  readonly onSuccess: StepAction;
  readonly onFail: StepAction;
  readonly databaseName: string;
  readonly uid: string;
}

/** A step that ran, or will have run at its end. */
export interface StepRun {
  readonly step: JobStep;
  readonly startedAtMilliseconds: number;
  readonly endedAtMilliseconds: number;
  readonly output: string;
  readonly succeeded: boolean;
}

/** One run of a job: what comes of it is known when it starts, and shown as time goes. */
export interface JobRun {
  readonly startedAtMilliseconds: number;
  readonly steps: readonly StepRun[];
  readonly endedAtMilliseconds: number;
  readonly succeeded: boolean;
}

export interface Job {
  readonly jobId: string;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly createdAtMilliseconds: number;
  enabled: boolean;
  startStepId: number;
  steps: readonly JobStep[];
  /** sp_add_jobserver: without it nothing runs. */
  hasServer: boolean;
  runs: readonly JobRun[];
}

/** What runs a job. */
export interface Runner {
  readonly state: AgentState;
  readonly platform: Platform;
  readonly connect: ConnectFrom;
  readonly durations: ProbeDurations;
}

/** Runs a job from its first step; no step runs twice, so that steps that name each other end too. */
export function runJob(job: Pick<Job, 'steps' | 'startStepId'>, startedAtMilliseconds: number, runner: Runner): JobRun {
  const done: StepRun[] = [];
  let at = startedAtMilliseconds;
  let succeeded = true;
  let step = job.steps.find(({ stepId }) => stepId === job.startStepId);
  while (step !== undefined && !done.some((each) => each.step === step)) {
    const current: JobStep = step;
    const ran = runStep(current, runner);
    const stepSucceeded = ran.exitCode === 0;
    done.push({
      step: current,
      startedAtMilliseconds: at,
      endedAtMilliseconds: at + ran.milliseconds,
      output: ran.output,
      succeeded: stepSucceeded,
    });
    at += ran.milliseconds;
    const action = stepSucceeded ? current.onSuccess : current.onFail;
    succeeded = action === 3 ? stepSucceeded : action === 1;
    step = action === 3 ? job.steps.find(({ stepId }) => stepId === current.stepId + 1) : undefined;
  }
  return { startedAtMilliseconds, steps: done, endedAtMilliseconds: at, succeeded };
}

function runStep(step: JobStep, { connect, durations }: Runner): ReturnType<typeof runPowerShell> {
  if (step.subsystem.toLowerCase() === 'powershell') return runPowerShell(step.command, connect, durations);
  return { output: `steps of the subsystem ${step.subsystem} are not simulated`, milliseconds: 100, exitCode: 1 };
}
