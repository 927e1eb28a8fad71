import type { Statement } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import {
  advance,
  atOperator,
  atWord,
  expectWord,
  isName,
  peek,
  syntaxError,
  type TokenCursor,
  takeQualifiedName,
  takeWord,
} from '../token-cursor.ts';

/** Statements that write or administer, by their first word: known to the parser so that they are refused by right. */
const actions = [
  'ALTER',
  'BACKUP',
  'BULK',
  'CHECKPOINT',
  'CREATE',
  'DBCC',
  'DELETE',
  'DENY',
  'DROP',
  'GRANT',
  'INSERT',
  'KILL',
  'MERGE',
  'RECONFIGURE',
  'RESTORE',
  'REVERT',
  'REVOKE',
  'SHUTDOWN',
  'TRUNCATE',
  'UPDATE',
];

const modules = ['PROC', 'PROCEDURE', 'FUNCTION', 'TRIGGER', 'VIEW'];

const targets = [
  ['AVAILABILITY', 'GROUP'],
  ['DATABASE', 'MIRRORING'],
  ['DATABASE'],
  ['LOG'],
  ['MASTER', 'KEY'],
  ['SERVER', 'CONFIGURATION'],
  ['SERVER', 'ROLE'],
  ['EVENT', 'SESSION'],
  ['UNIQUE', 'INDEX'],
];

export function atRefused(cursor: TokenCursor): boolean {
  return atWord(cursor, ...actions);
}

/** Words behind INSERT, UPDATE, DELETE and MERGE that say that the target is none of a name's. */
const unnamedTargets = ['BULK', 'OPENDATASOURCE', 'OPENQUERY', 'OPENROWSET', 'STATISTICS', 'TOP'];

/** Reads what the statement is aimed at, then the rest of it up to a semicolon: none of it is executed. */
export function parseRefused(cursor: TokenCursor, line: number): Statement {
  const action = advance(cursor).text.toUpperCase();
  if (action === 'CREATE' && takeWord(cursor, 'OR')) expectWord(cursor, 'ALTER');
  const target = takeTarget(cursor, action);
  if (target === '' && (atWord(cursor, ...unnamedTargets) || peek(cursor).kind === 'variable')) {
    throw unsupported(`${action} ${peek(cursor).text}`, line);
  }
  takeWord(cursor, 'INTO', 'FROM');
  if (takeWord(cursor, 'IF')) expectWord(cursor, 'EXISTS');
  const object = isName(peek(cursor)) ? takeQualifiedName(cursor) : [];
  if (object.length === 0 && needsName(action, target) && !isWord(cursor)) throw syntaxError(cursor);
  const start = cursor.index;
  skipRest(cursor, modules.includes(target));
  const rest = cursor.tokens.slice(start, cursor.index).map(({ text }) => text);
  return { kind: 'refused', action, target, object, rest, line };
}

/** `DROP MASTER KEY` has none, and `ALTER DATABASE CURRENT` or `CREATE CLUSTERED INDEX` have a word first. */
function needsName(action: string, target: string): boolean {
  const named = ['INSERT', 'UPDATE', 'DELETE', 'ALTER', 'CREATE', 'DROP', 'MERGE'];
  return named.includes(action) && target !== 'MASTER KEY';
}

function isWord(cursor: TokenCursor): boolean {
  return peek(cursor).kind === 'word' || atOperator(cursor, '(');
}

/** Reads up to a semicolon or the end of the block around the statement; a module's definition takes the whole batch. */
function skipRest(cursor: TokenCursor, isModule: boolean): void {
  for (let cases = 0; peek(cursor).kind !== 'end'; advance(cursor)) {
    if (isModule) continue;
    if (atOperator(cursor, ';') || (cases === 0 && atWord(cursor, 'ELSE', 'END'))) return;
    if (atWord(cursor, 'CASE')) cases += 1;
    if (atWord(cursor, 'END')) cases -= 1;
  }
}

function takeTarget(cursor: TokenCursor, action: string): string {
  if (['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'DBCC', 'KILL', 'GRANT', 'DENY', 'REVOKE'].includes(action)) return '';
  const words = targets.find((each) =>
    each.every((word, at) => peek(cursor, at).kind === 'word' && peek(cursor, at).text.toUpperCase() === word),
  );
  if (words !== undefined) {
    cursor.index += words.length;
    return words.join(' ');
  }
  return peek(cursor).kind === 'word' ? advance(cursor).text.toUpperCase() : '';
}
