import { unsupported } from './errors/errors.ts';
import { atWordAhead, isName, peek, type TokenCursor } from './token-cursor.ts';

/** Microsoft's list of statements, but for those that are parsed above or refused by right. */
const knownStatements: readonly (readonly string[])[] = [
  ...[
    'CLOSE',
    'DEALLOCATE',
    'FETCH',
    'GOTO',
    'LINENO',
    'OPEN',
    'READTEXT',
    'RECEIVE',
    'SETUSER',
    'UPDATETEXT',
    'WRITETEXT',
  ].map((word) => [word]),
  ['ADD', 'COUNTER'],
  ['ADD', 'SENSITIVITY'],
  ['ADD', 'SIGNATURE'],
  ['COPY', 'INTO'],
  ['DISABLE', 'TRIGGER'],
  ['ENABLE', 'TRIGGER'],
  ['END', 'CONVERSATION'],
  ['GET', 'CONVERSATION'],
  ['MOVE', 'CONVERSATION'],
  ['SEND', 'ON'],
];

/** 40514 for a statement that SQL Server has and the simulator hasn't, by its first words. */
export function checkKnownStatement(cursor: TokenCursor): void {
  const { line, text } = peek(cursor);
  const known = knownStatements.find((words) => words.every((word, at) => atWordAhead(cursor, at, word)));
  if (known !== undefined) throw unsupported(known.join(' '), line);
  if (peek(cursor).kind === 'operator' && text === '{') throw unsupported('escapes of ODBC', line);
  const next = peek(cursor, 1);
  if (isName(peek(cursor)) && next.kind === 'operator' && next.text === ':')
    throw unsupported(`the label ${text}`, line);
}
