import { isReserved } from '../reserved-words.ts';
import type { Token } from '../token.ts';
import { type SqlError, sqlError } from './errors.ts';

/** 102, or 156 when the token is a reserved word, as a real server words them. */
export function incorrectSyntax(token: Token, atEnd = false): SqlError {
  const line = token.line;
  if (token.kind === 'word' && isReserved(token.text) && !atEnd) {
    return sqlError({ number: 156, class: 15, line }, `Incorrect syntax near the keyword '${token.text}'.`);
  }
  return incorrectSyntaxNear(token.text, line);
}

export function incorrectSyntaxNear(text: string, line: number): SqlError {
  return sqlError({ number: 102, class: 15, line }, `Incorrect syntax near '${text.slice(0, 128)}'.`);
}

export function unclosedQuote(text: string, line: number): SqlError {
  const message = `Unclosed quotation mark after the character string '${text.slice(0, 128)}'.`;
  return sqlError({ number: 105, class: 15, line }, message);
}

export function unclosedComment(line: number): SqlError {
  return sqlError({ number: 113, class: 15, line }, "Missing end comment mark '*/'.");
}

export function nestedTooDeeply(line: number): SqlError {
  const message =
    'Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller queries.';
  return sqlError({ number: 191, class: 15, line }, message);
}

/** A value stands where a condition is needed, as in `WHERE 1`. */
export function notACondition(near: string, line: number): SqlError {
  const message = `An expression of non-boolean type specified in a context where a condition is expected, near '${near}'.`;
  return sqlError({ number: 4145, class: 15, line }, message);
}

/** 195 for an unknown function or SET option; `kind` is `built-in function name` or `SET option`. */
export function notRecognized(name: string, kind: string, line: number): SqlError {
  const state = kind === 'SET option' ? 5 : 10;
  return sqlError({ number: 195, class: 15, state, line }, `'${name}' is not a recognized ${kind}.`);
}

export function undefinedType(name: string, line: number): SqlError {
  return sqlError({ number: 243, line }, `Type ${name} is not a defined system type.`);
}
