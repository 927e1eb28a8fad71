import type { Statement } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import { notRecognized } from '../errors/syntax.ts';
import { isolationLevels } from '../session-options.ts';
import {
  advance,
  atOperator,
  atWord,
  atWordAhead,
  peek,
  syntaxError,
  type TokenCursor,
  takeOperator,
  takeWord,
} from '../token-cursor.ts';
import { parseScalar } from './expression.ts';

/** Options that are ON or OFF; several may share one SET. */
const switches = [
  'ANSI_DEFAULTS',
  'ANSI_NULL_DFLT_OFF',
  'ANSI_NULL_DFLT_ON',
  'ANSI_NULLS',
  'ANSI_PADDING',
  'ANSI_WARNINGS',
  'ARITHABORT',
  'ARITHIGNORE',
  'CONCAT_NULL_YIELDS_NULL',
  'CURSOR_CLOSE_ON_COMMIT',
  'DISABLE_DEF_CNST_CHK',
  'FMTONLY',
  'FORCEPLAN',
  'IMPLICIT_TRANSACTIONS',
  'NOCOUNT',
  'NOEXEC',
  'NO_BROWSETABLE',
  'NUMERIC_ROUNDABORT',
  'PARSEONLY',
  'QUOTED_IDENTIFIER',
  'REMOTE_PROC_TRANSACTIONS',
  'SHOWPLAN_ALL',
  'SHOWPLAN_TEXT',
  'SHOWPLAN_XML',
  'XACT_ABORT',
];

/** Options with a value. */
const valued = [
  'CONTEXT_INFO',
  'DATEFIRST',
  'DATEFORMAT',
  'DEADLOCK_PRIORITY',
  'FIPS_FLAGGER',
  'LANGUAGE',
  'LOCK_TIMEOUT',
];
const numbered = ['QUERY_GOVERNOR_COST_LIMIT', 'ROWCOUNT', 'TEXTSIZE'];

/** After SET: a variable, or an option that clients send when they connect. */
export function parseSet(cursor: TokenCursor, line: number): Statement {
  if (peek(cursor).kind === 'variable') return parseVariable(cursor, line);
  const token = advance(cursor);
  const name = token.text.toUpperCase();
  if (token.kind !== 'word') {
    cursor.index -= 1;
    throw syntaxError(cursor);
  }
  if (name === 'IDENTITY_INSERT') throw unsupported('SET IDENTITY_INSERT', line);
  if (name === 'TRANSACTION') return parseIsolation(cursor, line);
  if (name === 'STATISTICS') return parseSwitches(cursor, { line, names: [`STATISTICS ${advance(cursor).text}`] });
  if (name === 'OFFSETS') return parseSwitches(cursor, { line, names: [`OFFSETS ${advance(cursor).text}`] });
  if (valued.includes(name) || numbered.includes(name)) {
    return { kind: 'option', names: [name], value: parseValue(cursor), line };
  }
  if (!switches.includes(name)) throw notRecognized(token.text, 'SET option', token.line);
  return parseSwitches(cursor, { line, names: [name] });
}

function parseVariable(cursor: TokenCursor, line: number): Statement {
  const token = advance(cursor);
  const variable = token.text;
  const operator = peek(cursor);
  if (operator.text === '=' && atWordAhead(cursor, 1, 'CURSOR')) throw unsupported('SET of a cursor', line);
  if (operator.text === '.') throw unsupported('methods of a variable', line);
  if (takeOperator(cursor, '=')) return { kind: 'assign', variable, expression: parseScalar(cursor), line };
  if (operator.kind !== 'operator' || !/^[-+*/%&|^]=$/.test(operator.text)) throw syntaxError(cursor);
  advance(cursor);
  const left = { kind: 'variable', name: variable, line: token.line } as const;
  const right = parseScalar(cursor);
  const expression = { kind: 'arithmetic', operator: operator.text.charAt(0), left, right, line } as const;
  return { kind: 'assign', variable, expression, line };
}

function parseSwitches(cursor: TokenCursor, set: { readonly line: number; readonly names: string[] }): Statement {
  while (takeOperator(cursor, ',')) set.names.push(advance(cursor).text.toUpperCase());
  const value = peek(cursor).text.toUpperCase();
  if (!takeWord(cursor, 'ON', 'OFF')) throw syntaxError(cursor);
  return { kind: 'option', names: set.names, value, line: set.line };
}

function parseValue(cursor: TokenCursor): string {
  const sign = takeOperator(cursor, '-') ? '-' : '';
  const token = peek(cursor);
  if (token.kind === 'end' || atOperator(cursor, ';')) throw syntaxError(cursor);
  return sign + advance(cursor).text;
}

function parseIsolation(cursor: TokenCursor, line: number): Statement {
  for (const word of ['ISOLATION', 'LEVEL']) {
    if (!takeWord(cursor, word)) throw syntaxError(cursor);
  }
  const first = peek(cursor).text.toUpperCase();
  const level = isolationLevels.find((name) => name.split(' ')[0] === first && atWord(cursor, first)) ?? '';
  if (level === '') throw syntaxError(cursor);
  advance(cursor);
  if (!level.includes(' ')) return { kind: 'option', names: ['TRANSACTION'], value: level, line };
  const value = `${first} ${peek(cursor).text.toUpperCase()}`;
  if (!isolationLevels.includes(value)) throw syntaxError(cursor);
  advance(cursor);
  return { kind: 'option', names: ['TRANSACTION'], value, line };
}
