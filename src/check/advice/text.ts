import { runCheck, showDatabaseStates, showReplicaStates, statementEngine } from '../../model/errors/step.ts';
import type { AdviceStep, Place } from './step.ts';

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
