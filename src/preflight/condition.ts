import type { Engine } from '../model/server.ts';
import { answerOf, type Evidence, type Goal, type Side } from './evidence.ts';
import type { Question } from './question.ts';

/**
 * `blocker`: a link can't be made, or not failed over, before it is met. `permanent`: it can't be changed once the copy is at
 * the other end. `advice`: the link works without it, not as well.
 */
export const levels = ['blocker', 'permanent', 'advice'] as const;
export type Level = (typeof levels)[number];

export type Status = 'passed' | 'failed' | 'warning' | 'untold';

/** A statement to run by hand; nothing here runs it. */
export interface Remedy {
  /** The server, as the configuration names it. */
  readonly server: string;
  readonly statement: string;
}

/** What a condition came to, for one server or one database. */
export interface Outcome {
  readonly status: Status;
  /** The server or database that it is about. */
  readonly subject: string;
  /** One sentence: what is, and where it is not met, what to do. */
  readonly text: string;
  readonly remedy?: Remedy;
  /** The right that is missing where it could not be told; null: another reason. */
  readonly right?: string | null;
}

/** One condition of a link: data, and a pure judgement. */
export interface Condition {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly goals: readonly Goal[];
  readonly sides: readonly (Engine | 'azure')[];
  readonly questions: readonly Question[];
  /** What is read of Azure, by the right that it takes. */
  readonly azureRights?: readonly string[];
  /** Where the condition comes from. */
  readonly source: string;
  readonly judge: (evidence: Evidence) => readonly Outcome[];
}

export const passed = (subject: string, text: string): Outcome => ({ status: 'passed', subject, text });

export const failed = (subject: string, text: string, remedy?: Remedy): Outcome => ({
  status: 'failed',
  subject,
  text,
  ...(remedy === undefined ? {} : { remedy }),
});

export const warned = (subject: string, text: string, remedy?: Remedy): Outcome => ({
  ...failed(subject, text, remedy),
  status: 'warning',
});

export const untold = (subject: string, text: string, right: string | null = null): Outcome => ({
  status: 'untold',
  subject,
  text,
  right,
});

/** Judges the rows of an answer; without rows nothing is told, but why. A version without the view has nothing to judge. */
export function fromRows<Row>(
  {
    side,
    question,
    database = '',
    subject,
  }: { readonly side: Side; readonly question: Question<Row>; readonly database?: string; readonly subject?: string },
  judge: (rows: readonly Row[]) => readonly Outcome[],
): readonly Outcome[] {
  const answer = answerOf(side, question, database);
  if (answer.kind === 'absent') return [];
  if (answer.kind === 'untold')
    return [
      untold(subject ?? side.server, `${question.source.replace('[database].', '')}: ${answer.why}.`, answer.right),
    ];
  return judge(answer.rows);
}
