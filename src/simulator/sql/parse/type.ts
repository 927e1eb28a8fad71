import type { TypeName } from '../ast.ts';
import {
  advance,
  atWord,
  expectOperator,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeOperator,
  takeQualifiedName,
  takeWord,
} from '../token-cursor.ts';

/** A data type: a name (`sys.varchar` too), then lengths in parentheses. */
export function parseType(cursor: TokenCursor): TypeName {
  const line = peek(cursor).line;
  const name = typeWords(cursor);
  const parameters = takeOperator(cursor, '(') ? takeParameters(cursor) : [];
  return { name: name.toLowerCase(), parameters, line };
}

/** The long names of the standard, then a plain one. */
function typeWords(cursor: TokenCursor): string {
  const national = takeWord(cursor, 'NATIONAL');
  if (takeWord(cursor, 'DOUBLE')) {
    if (!takeWord(cursor, 'PRECISION')) throw syntaxError(cursor);
    return 'float';
  }
  const name = takeQualifiedName(cursor).at(-1) ?? '';
  const varying = /^(?:char|character|nchar|binary)$/i.test(name) && takeWord(cursor, 'VARYING');
  const plain = name.toLowerCase() === 'character' ? 'char' : name.toLowerCase();
  return `${national ? 'n' : ''}${varying ? plain.replace(/(char|binary)$/, 'var$1') : plain}`;
}

function takeParameters(cursor: TokenCursor): readonly (number | 'max')[] {
  const parameters = takeList(cursor, () => takeParameter(cursor));
  expectOperator(cursor, ')');
  return parameters;
}

function takeParameter(cursor: TokenCursor): number | 'max' {
  if (atWord(cursor, 'MAX')) {
    advance(cursor);
    return 'max';
  }
  const token = peek(cursor);
  if (token.kind !== 'number' || !/^\d{1,9}$/.test(token.text)) throw syntaxError(cursor);
  advance(cursor);
  return Number(token.text);
}
