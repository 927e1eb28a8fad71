import type { SqlType } from '../../sql-type.ts';
import type { QueryBody, ValuesList } from '../ast.ts';
import { equalityKey, implicitly } from '../bound.ts';
import { commonType } from '../common-type.ts';
import { sqlError } from '../errors/errors.ts';
import { unevenSetOperation } from '../errors/name.ts';
import { type Binder, type Bound, childScope, nextSource, type Scope } from './binder.ts';
import { unify } from './case.ts';
import { bindExpression } from './expression.ts';
import { type BoundQuery, bindBody } from './query.ts';
import type { OutputColumn } from './select.ts';

/** UNION, UNION ALL, EXCEPT and INTERSECT: both sides brought to common types, columns named by the first. */
export function bindSetOperation(binder: Binder, body: QueryBody & { kind: 'set' }, parent: Scope): BoundQuery {
  const left = bindBody(binder, body.left, parent);
  const right = bindBody(binder, body.right, parent);
  if (left.columns.length !== right.columns.length) throw unevenSetOperation(body.line);
  const columns = left.columns.map((column, at) => merged(column, right.columns[at] ?? column));
  const types = columns.map(({ type }) => type);
  const [first, second] = [left, right].map((side) => converted(binder, side, { types, line: body.line }));
  if (first === undefined || second === undefined) throw unevenSetOperation(body.line);
  if (body.operator === 'UNION ALL') return { sql: `${first} UNION ALL ${second}`, columns };
  if (body.operator === 'UNION') return distinctQuery(binder, { sql: `${first} UNION ALL ${second}`, columns });
  return filtered(binder, { first, second, negated: body.operator === 'EXCEPT', columns });
}

function merged(left: OutputColumn, right: OutputColumn): OutputColumn {
  const nullable = left.nullable || right.nullable;
  const { name } = left;
  if (left.isNull === true && right.isNull === true) return { name, type: left.type, nullable, isNull: true };
  const typed = [left, right].filter((column) => column.isNull !== true);
  return { name, type: commonType(typed.map((column) => column.type)), nullable };
}

function converted(binder: Binder, side: BoundQuery, to: { types: readonly SqlType[]; line: number }): string {
  const source = nextSource(binder);
  const columns = side.columns.map((column, at) => {
    const bound: Bound = { ...column, sql: `${source}.c${at + 1}` };
    return `${implicitly(binder, bound, to.types[at] ?? column.type, to.line).sql} AS c${at + 1}`;
  });
  return `SELECT ${columns.join(', ')} FROM (${side.sql}) ${source}`;
}

/** One row for each set of equal values, where equal means what the collation means. */
export function distinctQuery(binder: Binder, query: BoundQuery): BoundQuery {
  const source = nextSource(binder);
  const columns = query.columns.map((_, at) => `${source}.c${at + 1} AS c${at + 1}`);
  const keys = keysOf(binder, query.columns, source);
  return {
    sql: `SELECT ${columns.join(', ')} FROM (${query.sql}) ${source} GROUP BY ${keys.join(', ')}`,
    columns: query.columns,
  };
}

function keysOf(binder: Binder, columns: readonly OutputColumn[], source: string): readonly string[] {
  return columns.map(
    (column, at) => `${equalityKey(binder, { ...column, isNull: false, sql: `${source}.c${at + 1}` })}`,
  );
}

/** EXCEPT and INTERSECT compare NULL with NULL as equal, as IS does. */
function filtered(
  binder: Binder,
  sides: { first: string; second: string; negated: boolean; columns: readonly OutputColumn[] },
): BoundQuery {
  const { columns } = sides;
  const [one, other] = [nextSource(binder), nextSource(binder)];
  const others = keysOf(binder, columns, other);
  const same = keysOf(binder, columns, one).map((key, at) => `${key} IS ${others[at]}`);
  const list = columns.map((_, at) => `${one}.c${at + 1} AS c${at + 1}`);
  const exists = `EXISTS (SELECT 1 FROM (${sides.second}) ${other} WHERE ${same.join(' AND ')})`;
  const sql = `SELECT ${list.join(', ')} FROM (${sides.first}) ${one} WHERE ${sides.negated ? 'NOT ' : ''}${exists}`;
  return distinctQuery(binder, { sql, columns });
}

/** `VALUES (...), (...)` as rows without names. */
export function bindValues(binder: Binder, body: ValuesList, parent: Scope): BoundQuery {
  const scope = childScope(parent, []);
  const rows = body.rows.map((row) => row.map((each) => bindExpression(binder, each, scope)));
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) {
    throw sqlError(
      { number: 10709, line: body.line },
      'The number of columns for each row in a table value constructor must be the same.',
    );
  }
  const byColumn = Array.from({ length: width }, (_, at) =>
    unify(
      binder,
      rows.flatMap((row) => row.slice(at, at + 1)),
      body.line,
    ),
  );
  const columns = byColumn.map((cells): OutputColumn => {
    const [first] = cells;
    return { name: '', type: first?.type ?? { name: 'int' }, nullable: cells.some((cell) => cell.nullable) };
  });
  const selects = rows.map(
    (_, at) => `SELECT ${byColumn.map((cells, c) => `${cells[at]?.sql ?? 'NULL'} AS c${c + 1}`).join(', ')}`,
  );
  return { sql: selects.join(' UNION ALL '), columns };
}
