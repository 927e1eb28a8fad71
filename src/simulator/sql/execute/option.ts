import { isLanguage, isSpoken, noLanguage } from '../../login-wish.ts';
import type { BatchEvent } from '../../session.ts';
import type { Statement } from '../ast.ts';
import { SqlError, sqlError, unsupported } from '../errors/errors.ts';
import type { Runtime } from '../runtime.ts';
import { ansiDefaults, isolationLevels, type SessionOptions } from '../session-options.ts';
import { done, type Execution, failed, information, type Step } from './execution.ts';

/** Switches that would change what the simulator answers, in the position that it does not know. */
const refusedOn: ReadonlySet<string> = new Set([
  'NOEXEC',
  'NUMERIC_ROUNDABORT',
  'PARSEONLY',
  'SHOWPLAN_ALL',
  'SHOWPLAN_TEXT',
  'SHOWPLAN_XML',
]);
const refusedOff: ReadonlySet<string> = new Set([
  'ANSI_DEFAULTS',
  'ANSI_NULLS',
  'ANSI_WARNINGS',
  'CONCAT_NULL_YIELDS_NULL',
]);

type Option = Statement & { readonly kind: 'option' };

/** SET: what it leaves behind is seen in the session, and what can't be had is refused; nothing is taken and ignored. */
export async function* executeOption(execution: Execution, statement: Option): Step {
  const { runtime } = execution;
  const { names, value, line } = statement;
  for (const name of names) {
    const error = refusalOf(name, value) ?? set(runtime, name, value);
    if (error !== null) return yield* failed(execution, [error], line);
  }
  if (names.includes('LANGUAGE')) yield languageMessage(line);
  yield done(execution, null);
  return 'next';
}

function languageMessage(line: number): BatchEvent {
  return information({ number: 5703, message: 'Changed language setting to us_english.', line });
}

function refusalOf(name: string, value: string): SqlError | null {
  const isOn = value === 'ON';
  const isRefused = isOn
    ? refusedOn.has(name) || name.startsWith('STATISTICS ') || name.startsWith('OFFSETS ')
    : value === 'OFF' && refusedOff.has(name);
  if (isRefused || value.startsWith('@')) return unsupported(`SET ${name} ${value}`);
  if (name === 'ROWCOUNT' && value !== '0') return unsupported(`SET ROWCOUNT ${value}`);
  if (name === 'DATEFORMAT' && value.toLowerCase() !== 'mdy') return dateFormat(value);
  if (['CONTEXT_INFO', 'FIPS_FLAGGER', 'IDENTITY_INSERT'].includes(name)) return unsupported(`SET ${name}`);
  if (name !== 'LANGUAGE' || isSpoken(value)) return null;
  return isLanguage(value) ? unsupported(`SET LANGUAGE ${value}`) : new SqlError({ ...noLanguage(value), line: 0 });
}

function dateFormat(value: string): SqlError {
  if (['dmy', 'ymd', 'ydm', 'myd', 'dym'].includes(value.toLowerCase())) return unsupported(`SET DATEFORMAT ${value}`);
  return sqlError({ number: 2741 }, `SET DATEFORMAT date order '${value}' is invalid.`);
}

const priorities: Readonly<Record<string, number>> = { LOW: -5, NORMAL: 0, HIGH: 5 };
const shortestTextBytes = 4096;
const largest = 2_147_483_647;

type NumberKey = 'dateFirst' | 'lockTimeoutMilliseconds' | 'textSizeBytes' | 'deadlockPriority';
type NumberOption = readonly [key: NumberKey, least: number, most: number];

const numbers = {
  DATEFIRST: ['dateFirst', 1, 7],
  LOCK_TIMEOUT: ['lockTimeoutMilliseconds', -1, largest],
  TEXTSIZE: ['textSizeBytes', -1, largest],
  DEADLOCK_PRIORITY: ['deadlockPriority', -10, 10],
} as const satisfies Readonly<Record<string, NumberOption>>;

/** Keeps a value, or says why it is none. */
function set(runtime: Runtime, name: string, value: string): SqlError | null {
  const { options } = runtime;
  switch (name) {
    case 'FMTONLY':
      runtime.formatOnly = value === 'ON';
      return null;
    case 'ANSI_DEFAULTS':
      for (const each of ansiDefaults) options.on.add(each);
      return null;
    case 'TRANSACTION':
      options.isolationLevel = isolationLevels.indexOf(value) + 1;
      return null;
    case 'DATEFIRST':
    case 'LOCK_TIMEOUT':
    case 'TEXTSIZE':
    case 'DEADLOCK_PRIORITY':
      return setNumber(options, numbers[name], priorities[value.toUpperCase()] ?? Number(value));
    default:
      if (value === 'ON') options.on.add(name);
      else options.on.delete(name);
      return null;
  }
}

function setNumber(options: SessionOptions, [key, least, most]: NumberOption, value: number): SqlError | null {
  if (!Number.isInteger(value) || value < least || value > most) {
    return sqlError({ number: 1080, class: 15 }, `The integer value ${value} is out of range.`);
  }
  options[key] = key === 'textSizeBytes' && value === 0 ? shortestTextBytes : value;
  return null;
}
