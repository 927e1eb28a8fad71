import { runCheck, showDatabaseStates, showReplicaStates, statementEngine } from '../../model/errors/step.ts';
import type { LosingKind } from './earned/losing.ts';

/**
 * Where statements are to be run. `primary` and `secondary` go by the role that an end has now; `each_end` is both.
 * `seen_ends` are those that were
 * seen, `teller` is the server that reported what the step is about.
 */
export type Place = 'sql_server' | 'managed_instance' | 'primary' | 'secondary' | 'each_end' | 'seen_ends' | 'teller';

/**
 * One step of a procedure, as data: for `check` with the names of the link, for a runbook without. In the text
 * `{sql_server}`, `{managed_instance}`, `{primary}` and `{secondary}` stand for the ends, `{end}` for the server that the step is for.
 */
export interface AdviceStep {
  /** Imperative sentences. */
  readonly text: string;
  /** T-SQL of Microsoft's procedure; a statement with `[database]` is meant for each database. `<...>` is for a person. */
  readonly sql?: readonly string[];
  readonly at?: Place;
  /** In place of text and statements where the step is for a managed instance: its endpoint and its groups are Azure's. */
  readonly onManagedInstance?: string;
  /** The statement that may lose data, in place of `sql`: shown only where the end at `at` has earned it. */
  readonly loses?: LosingStep;
}

/** A statement that has to be earned, with what is said before it and in its place. */
export interface LosingStep {
  readonly kind: LosingKind;
  /** Says what the proof has to show; it is a step of its own, before the statement. */
  readonly proofText: string;
  /** In place of the kind's own query. */
  readonly proof?: string;
  /** Begins the step that says why not. */
  readonly refusal: string;
}

export const lookAgain: AdviceStep = { text: 'Run `milink-exporter check` again, or leave it running with --watch.' };

/**
 * Last, and for later: which end is primary then is not known yet, so no statement stands here. Microsoft's pages differ on
 * the end at which FAILOVER is run: docs/runbooks/fail-over.md has both.
 */
export const plannedFailover: AdviceStep = {
  text: 'Afterwards, once the link is healthy and without lag: if the other end should be primary again, fail over as planned. docs/runbooks/fail-over.md says how, and `milink-exporter check` which end is primary then.',
};

/** What the screen itself answers. */
const answered: ReadonlySet<string> = new Set([runCheck, showReplicaStates, showDatabaseStates]);

/** The steps of an entry of the catalogue, without those that ask for what `check` has just shown. */
export function stepsOfTexts(texts: readonly string[], at: Place): readonly AdviceStep[] {
  return texts.filter((text) => !answered.has(text)).map((text) => stepOfText(text, placeOf(text, at)));
}

/** What one engine alone takes stands at that end, whoever tells of the error. */
function placeOf(text: string, at: Place): Place {
  const engines = text.split('`').flatMap((part, index) => (isStatement(part, index) ? [statementEngine(part)] : []));
  return engines.find((engine) => engine !== null) ?? at;
}

/**
 * A sentence of the catalogue as a step: T-SQL between backticks, told by its semicolon, is taken out of it. Where the
 * sentence goes on after it, or has several, letters say what belongs where.
 */
export function stepOfText(text: string, at: Place): AdviceStep {
  const parts = text.split('`');
  const sql = parts.filter(isStatement);
  if (sql.length === 0) return { text };
  const isLast = sql.length === 1 && sql[0] === parts.at(-2) && parts.at(-1) === '';
  if (isLast) return { text: parts.slice(0, -2).join('`').trimEnd(), sql, at };
  return {
    text: withLetters(parts),
    sql: sql.map((statement, index) => `/* ${letter(index)} */ ${statement}`),
    at,
  };
}

/** Every second part stands between backticks. */
function isStatement(part: string, index: number): boolean {
  return index % 2 === 1 && part.trimEnd().endsWith(';');
}

/** Letters in the place of statements; backticks stay around what is none: names of objects and commands. */
function withLetters(parts: readonly string[]): string {
  let count = 0;
  return parts
    .map((part, index) => {
      if (isStatement(part, index)) return letter(count++);
      return index % 2 === 1 ? `\`${part}\`` : part;
    })
    .join('');
}

function letter(index: number): string {
  return `(${String.fromCharCode(97 + index)})`;
}
