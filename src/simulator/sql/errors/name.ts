import { type SqlError, sqlError } from './errors.ts';

export function invalidColumn(name: string, line: number): SqlError {
  return sqlError({ number: 207, line }, `Invalid column name '${name}'.`);
}

export function invalidObject(name: string, line: number): SqlError {
  return sqlError({ number: 208, line }, `Invalid object name '${name}'.`);
}

export function ambiguousColumn(name: string, line: number): SqlError {
  return sqlError({ number: 209, line }, `Ambiguous column name '${name}'.`);
}

export function unboundIdentifier(name: string, line: number): SqlError {
  return sqlError({ number: 4104, line }, `The multi-part identifier "${name}" could not be bound.`);
}

export function undeclaredVariable(name: string, line: number): SqlError {
  return sqlError({ number: 137, class: 15, state: 2, line }, `Must declare the scalar variable "${name}".`);
}

export function duplicateVariable(name: string, line: number): SqlError {
  const message = `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`;
  return sqlError({ number: 134, class: 15, state: 2, line }, message);
}

export function sameExposedNames(first: string, second: string, line: number): SqlError {
  const message = `The objects "${first}" and "${second}" in the FROM clause have the same exposed names. Use correlation names to distinguish them.`;
  return sqlError({ number: 1013, line }, message);
}

export function duplicateColumn(column: string, table: string, line: number): SqlError {
  return sqlError({ number: 8156, line }, `The column '${column}' was specified multiple times for '${table}'.`);
}

export function unnamedColumn(ordinal: number, table: string, line: number): SqlError {
  return sqlError(
    { number: 8155, state: 2, line },
    `No column name was specified for column ${ordinal} of '${table}'.`,
  );
}

export function unknownProcedure(name: string, line: number): SqlError {
  return sqlError({ number: 2812, state: 62, line, reach: 'statement' }, `Could not find stored procedure '${name}'.`);
}

export function unknownDatabase(name: string, line: number): SqlError {
  const message = `Database '${name}' does not exist. Make sure that the name is entered correctly.`;
  return sqlError({ number: 911, line }, message);
}

export function notGrouped(column: string, clause: 'select list' | 'HAVING clause', line: number): SqlError {
  const number = clause === 'HAVING clause' ? 8121 : 8120;
  const message = `Column '${column}' is invalid in the ${clause} because it is not contained in either an aggregate function or the GROUP BY clause.`;
  return sqlError({ number, line }, message);
}

export function aggregateMisplaced(line: number): SqlError {
  const message =
    'An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a select list, and the column being aggregated is an outer reference.';
  return sqlError({ number: 147, class: 15, line }, message);
}

export function unevenSetOperation(line: number): SqlError {
  const message =
    'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.';
  return sqlError({ number: 205, line }, message);
}

export function oneExpressionOnly(line: number): SqlError {
  const message =
    'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.';
  return sqlError({ number: 116, line }, message);
}

export function orderPosition(position: string, line: number): SqlError {
  const message = `The ORDER BY position number ${position} is out of range of the number of items in the select list.`;
  return sqlError({ number: 108, class: 15, line }, message);
}

export function orderNotSelected(by: 'DISTINCT' | 'UNION', line: number): SqlError {
  return by === 'DISTINCT'
    ? sqlError(
        { number: 145, class: 15, line },
        'ORDER BY items must appear in the select list if SELECT DISTINCT is specified.',
      )
    : sqlError(
        { number: 104, line },
        'ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.',
      );
}

export function orderInside(line: number): SqlError {
  const message =
    'The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions, unless TOP, OFFSET or FOR XML is also specified.';
  return sqlError({ number: 1033, class: 15, line }, message);
}
