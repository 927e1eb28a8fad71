import type { AssessedLink } from '../link/data/link.ts';
import type { AzureFailoverGroup } from '../model/azure/instance.ts';
import type { AzureFailure, AzureInstanceState } from '../model/azure/state.ts';
import type { Engine, ServerFacts } from '../model/server.ts';
import type { Question } from './question.ts';

/** What the conditions are asked for. */
export const goals = ['create', 'failover', 'failback'] as const;
export type Goal = (typeof goals)[number];

/** What came of a question: rows, or in words why there are none. */
export type Answer<Row = unknown> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  /** `right` is what the login lacks, null where that is not the reason. */
  | { readonly kind: 'untold'; readonly why: string; readonly right: string | null }
  /** This version has no such view. */
  | { readonly kind: 'absent' };

/** One of the two servers, as it answered. */
export interface Side {
  /** Its name in the configuration. */
  readonly server: string;
  readonly engine: Engine;
  /** Null: nobody could log in, and `why` says why. */
  readonly facts: ServerFacts | null;
  readonly why: string;
  /** By question, and the database after it where it is asked for each. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/** What Azure says of the managed instance; `off`: the configuration has no section `azure`. */
export type AzureSight =
  | { readonly kind: 'off' }
  /** It is not among the instances that are read there. */
  | { readonly kind: 'absent'; readonly why: string }
  | {
      readonly kind: 'read';
      readonly instance: AzureInstanceState;
      readonly failoverGroups: {
        readonly value: readonly AzureFailoverGroup[] | null;
        readonly failure: AzureFailure | null;
      };
    };

/** Everything that the conditions are judged by. */
export interface Evidence {
  readonly goal: Goal;
  readonly sqlServer: Side;
  readonly managedInstance: Side;
  readonly databases: readonly string[];
  /** The links of these two servers, as `check` sees them. */
  readonly links: readonly AssessedLink[];
  readonly azure: AzureSight;
  /** This machine's clock, Unix seconds. */
  readonly nowSeconds: number;
}

/** How answers are kept. */
export function answerKey(question: Pick<Question, 'id' | 'isPerDatabase'>, database = ''): string {
  return question.isPerDatabase ? `${question.id} of ${database}` : question.id;
}

/** What a side answered, with the types that the question promises. */
export function answerOf<Row>(side: Side, question: Question<Row>, database = ''): Answer<Row> {
  if (side.facts === null) return { kind: 'untold', why: side.why, right: null };
  const found = side.answers.get(answerKey(question, database));
  // Rows were parsed by this very question.
  return (found as Answer<Row> | undefined) ?? { kind: 'untold', why: 'it was not asked', right: null };
}

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
