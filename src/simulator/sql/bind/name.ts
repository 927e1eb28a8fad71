import { nullLiteral } from '../bound.ts';
import { ambiguousColumn, invalidColumn, notGrouped, unboundIdentifier } from '../errors/name.ts';
import type { Binder, Bound, Scope, Source, SourceColumn } from './binder.ts';

/** Looks a column up, from the innermost query outwards. Notes 207, 209, 4104 or 8120 as a problem. */
export function bindColumn(binder: Binder, parts: readonly string[], at: { scope: Scope; line: number }): Bound {
  const column = parts.at(-1) ?? '';
  const qualifier = parts.slice(0, -1);
  let qualifierKnown = false;
  for (let scope: Scope | null = at.scope; scope !== null; scope = scope.parent) {
    const sources = scope.sources.filter((source) => qualifies(source, qualifier));
    qualifierKnown ||= qualifier.length > 0 && sources.length > 0;
    const found = sources.flatMap((source) => columnsNamed(source, column).map((each) => ({ source, column: each })));
    if (found.length > 1) return problem(binder, ambiguousColumn(column, at.line));
    const [only] = found;
    if (only !== undefined) return reference(binder, only, { scope, line: at.line });
  }
  const error =
    qualifier.length > 0 && !qualifierKnown
      ? unboundIdentifier(parts.join('.'), at.line)
      : invalidColumn(column, at.line);
  return problem(binder, error);
}

function problem(binder: Binder, error: ReturnType<typeof invalidColumn>): Bound {
  binder.problems.push(error);
  return nullLiteral();
}

function columnsNamed(source: Source, name: string): readonly SourceColumn[] {
  return source.columns.filter((column) => sameName(column.name, name));
}

/** `sys.databases.name` and `databases.name` both find a table without an alias; an omitted part fits anything. */
export function qualifies(source: Source, qualifier: readonly string[]): boolean {
  const offset = source.name.length - qualifier.length;
  return offset >= 0 && qualifier.every((part, at) => part === '' || sameName(part, source.name[offset + at] ?? ''));
}

export function sameName(first: string, second: string): boolean {
  return first.toLowerCase() === second.toLowerCase();
}

function reference(
  binder: Binder,
  { source, column }: { source: Source; column: SourceColumn },
  at: { scope: Scope; line: number },
): Bound {
  const sql = column.sql();
  const { grouping, aggregates } = at.scope;
  if (grouping !== null && aggregates !== 'inside' && !grouping.groups.has(sql)) {
    const name = `${source.name.at(-1)}.${column.name}`;
    return problem(binder, notGrouped(name, grouping.clause, at.line));
  }
  return boundColumn(column);
}

export function boundColumn(column: SourceColumn): Bound {
  const { type, nullable, key, isNull } = column;
  return { sql: column.sql(), type, nullable, ...(key && { key }), ...(isNull && { isNull }) };
}
