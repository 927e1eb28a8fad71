import { timeText } from '../text/quantity.ts';
import { visibleJson } from '../text/visible.ts';
import { exitCodeOfVerdict, type PreflightReport } from './judge.ts';

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
