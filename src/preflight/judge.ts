import { timeText } from '../text/quantity.ts';
import { visibleJson } from '../text/visible.ts';
import { type Evidence, type Goal, type Level, levels, type Outcome, type Status } from './condition.ts';
import { conditions } from './conditions/all.ts';

/** An outcome with the condition that it belongs to. */
export interface JudgedOutcome extends Outcome {
  readonly condition: string;
  readonly title: string;
  readonly level: Level;
  readonly source: string;
}

/** What all conditions of a goal came to. */
export interface PreflightReport {
  readonly goal: Goal;
  readonly sqlServer: string;
  readonly managedInstance: string;
  readonly databases: readonly string[];
  readonly generatedAtSeconds: number;
  readonly verdict: Verdict;
  /** Blockers first, then what can't be changed afterwards, then advice; within each the worst first. */
  readonly outcomes: readonly JudgedOutcome[];
}

/** `partly`: nothing stands in the way, something is to be known; `untold`: a blocker could not be read. */
export type Verdict = 'passed' | 'partly' | 'failed' | 'untold';

/** As the issue of the two commands has them. */
export const exitCodeOfVerdict: Readonly<Record<Verdict, number>> = { passed: 0, partly: 1, failed: 2, untold: 3 };

const worstFirst: readonly Status[] = ['failed', 'untold', 'warning', 'passed'];

/** Judges the conditions that the goal asks for. */
export function judge(evidence: Evidence): PreflightReport {
  const outcomes = conditions
    .filter(({ goals }) => goals.includes(evidence.goal))
    .flatMap(({ id, title, level, source, judge: judgeOne }) =>
      judgeOne(evidence).map((outcome): JudgedOutcome => ({ ...outcome, condition: id, title, level, source })),
    )
    .toSorted(byLevelAndStatus);
  const { goal, sqlServer, managedInstance, databases, nowSeconds } = evidence;
  return {
    goal,
    sqlServer: sqlServer.server,
    managedInstance: managedInstance.server,
    databases,
    generatedAtSeconds: nowSeconds,
    verdict: verdictOf(outcomes),
    outcomes,
  };
}

function byLevelAndStatus(one: JudgedOutcome, other: JudgedOutcome): number {
  const level = levels.indexOf(one.level) - levels.indexOf(other.level);
  return level === 0 ? worstFirst.indexOf(one.status) - worstFirst.indexOf(other.status) : level;
}

function verdictOf(outcomes: readonly JudgedOutcome[]): Verdict {
  if (outcomes.some(({ status }) => status === 'failed')) return 'failed';
  if (outcomes.some(({ status, level }) => status === 'untold' && level === 'blocker')) return 'untold';
  return outcomes.some(({ status }) => status !== 'passed') ? 'partly' : 'passed';
}

/** The report for programs; docs/preflight.md describes it. */
export function preflightJson(report: PreflightReport): string {
  const { goal, sqlServer, managedInstance, databases, verdict, outcomes, generatedAtSeconds } = report;
  const document = {
    generated_at: timeText(generatedAtSeconds),
    for: goal,
    sql_server: sqlServer,
    managed_instance: managedInstance,
    databases,
    verdict,
    exit_code: exitCodeOfVerdict[verdict],
    outcomes: outcomes.map(({ condition, title, level, source, status, subject, text, remedy, right }) => ({
      condition,
      level,
      status,
      subject,
      title,
      text,
      missing_right: right ?? null,
      statement: remedy === undefined ? null : { server: remedy.server, text: remedy.statement },
      source,
    })),
  };
  return visibleJson(JSON.stringify(document, null, 2));
}
