import type { BatchEvent, Session } from '../session.ts';
import type { ColumnType } from '../sql-type.ts';
import type { ReplayedServer, ReplayedView } from './recording.ts';

/** A session that answers each statement of the exporter with what a server answered when it was recorded. */
export function replaySession({ views }: ReplayedServer): Session {
  return {
    database: 'master',
    close: () => undefined,
    execute: async function* (sql) {
      // The exporter writes a statement on each line.
      const statements = sql.split('\n').map((line) => line.trim().replace(/;$/, ''));
      const asked = statements.map((statement) => ({ statement, view: viewOf(statement, views) }));
      // As a server: a wrong column anywhere means that nothing of the batch runs.
      const wrong = asked.flatMap(({ statement, view }, at) => missingColumns(statement, view, at + 1));
      if (wrong.length > 0) return yield* wrong;
      for (const [at, { statement, view }] of asked.entries()) yield* answer(statement, view, at + 1);
    },
  };
}

function viewOf(statement: string, views: readonly ReplayedView[]): ReplayedView | null {
  const [, source = null] = /(?:\bFROM|^EXEC) (\S+)/.exec(statement) ?? [];
  if (source !== null) return views.find((view) => view.source === source) ?? null;
  const names = namesOf(statement);
  return views.find((view) => view.source === null && names.some((name) => view.asked.has(name))) ?? null;
}

/** The names of the columns that a statement gives; empty for `*` and for a procedure. */
function namesOf(statement: string): readonly string[] {
  if (!statement.startsWith('SELECT ') || statement.startsWith('SELECT TOP')) return [];
  const end = statement.indexOf(' FROM ');
  const list = statement.slice('SELECT '.length, end < 0 ? statement.length : end);
  return columnsOf(list).map((column) => (column.trim().split(' ').at(-1) ?? column).toLowerCase());
}

/** A list at its commas, those between parentheses left out. */
function columnsOf(list: string): readonly string[] {
  const columns: string[] = [];
  let [from, depth] = [0, 0];
  for (const [at, sign] of [...list].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign !== ',' || depth > 0) continue;
    columns.push(list.slice(from, at));
    from = at + 1;
  }
  return [...columns, list.slice(from)];
}

function missingColumns(statement: string, view: ReplayedView | null, line: number): readonly BatchEvent[] {
  if (view === null || view.errorNumber !== null) return [];
  const has = new Set(view.columns.map(({ name }) => name.toLowerCase()));
  return namesOf(statement)
    .filter((name) => !has.has(name))
    .map((name) => error(207, `Invalid column name '${name}'.`, line));
}

function* answer(statement: string, view: ReplayedView | null, line: number): Generator<BatchEvent> {
  if (view === null) {
    const isRead = /\bFROM\b|^EXEC/.test(statement);
    yield isRead ? error(208, 'Invalid object name: it was not recorded.', line) : { kind: 'done', rowCount: null };
    return;
  }
  if (view.errorNumber !== null) return yield error(view.errorNumber, 'as it was recorded', line);
  const names = namesOf(statement);
  const columns =
    names.length === 0
      ? view.columns
      : names.flatMap((name) => view.columns.find((each) => each.name.toLowerCase() === name) ?? []);
  const rows = statement.startsWith('SELECT TOP (0)') ? [] : view.rows.map((row) => rowOf(row, columns));
  yield { kind: 'rows', columns, rows };
  yield { kind: 'done', rowCount: rows.length };
}

function rowOf(row: ReplayedView['rows'][number], columns: readonly ColumnType[]) {
  return columns.map(({ name }) => row.get(name.toLowerCase()) ?? null);
}

function error(number: number, message: string, line: number): BatchEvent {
  return { kind: 'error', error: { number, state: 1, class: 16, message, line } };
}
