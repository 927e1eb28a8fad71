import type { SqlType } from '../../../sql-type.ts';
import { withoutTrailing } from '../../../without-trailing.ts';
import { call, implicitly, nullLiteral, strict } from '../../bound.ts';
import { bigint, int, isNational, isText, textType, typeKey } from '../../data-type.ts';
import { unsupported } from '../../errors/errors.ts';
import { invalidLength } from '../../errors/value.ts';
import type { FunctionCall, Functions } from '../../function-spec.ts';
import type { Stored } from '../../storage.ts';
import { findText, replaceText } from '../../text-search.ts';
import type { Bound } from '../binder.ts';
import { asText } from '../condition.ts';

type Text = (...values: readonly string[]) => string;

/** Functions on text; they count in characters and compare without regard to case. */
export const textFunctions: Functions = {
  LOWER: { least: 1, most: 1, bind: (spec) => sameLength(spec, (text = '') => text.toLowerCase()) },
  UPPER: { least: 1, most: 1, bind: (spec) => sameLength(spec, (text = '') => text.toUpperCase()) },
  LTRIM: { least: 1, most: 1, bind: (spec) => sameLength(spec, (text = '') => text.replace(/^ +/, '')) },
  RTRIM: { least: 1, most: 1, bind: (spec) => sameLength(spec, (text = '') => withoutTrailing(text, ' ')) },
  TRIM: {
    least: 1,
    most: 1,
    bind: (spec) => sameLength(spec, (text = '') => withoutTrailing(text, ' ').replace(/^ +/, '')),
  },
  REVERSE: { least: 1, most: 1, bind: (spec) => sameLength(spec, (text = '') => [...text].reverse().join('')) },
  LEN: { least: 1, most: 1, bind: (spec) => measured(spec, (text) => withoutTrailing(text, ' ').length) },
  DATALENGTH: { least: 1, most: 1, bind: dataLength },
  LEFT: { least: 2, most: 2, bind: (spec) => cut(spec, (text, length) => text.slice(0, length)) },
  RIGHT: { least: 2, most: 2, bind: (spec) => cut(spec, (text, length) => (length === 0 ? '' : text.slice(-length))) },
  SUBSTRING: { least: 3, most: 3, bind: substring },
  CHARINDEX: { least: 2, most: 3, bind: charIndex },
  REPLACE: { least: 3, most: 3, bind: replace },
  CONCAT: { least: 2, most: 254, bind: concat },
  REPLICATE: { least: 2, most: 2, bind: replicate },
  SPACE: { least: 1, most: 1, bind: space },
  QUOTENAME: { least: 1, most: 1, bind: quoteName },
};

function argument(spec: FunctionCall, at: number): Bound {
  const bound = spec.args[at] ?? nullLiteral();
  return asText(spec.binder, bound, { ordinal: at + 1, name: spec.name.toLowerCase(), line: spec.line });
}

/** The type of a text result: as national as its argument, and fixed length becomes variable. */
function textLike(bound: Bound, length: number | 'max'): SqlType {
  return textType(isNational(bound.type), length);
}

function lengthOf(bound: Pick<Bound, 'type'>): number | 'max' {
  return isText(bound.type) ? bound.type.length : 1;
}

function sameLength(spec: FunctionCall, run: Text): Bound {
  const text = argument(spec, 0);
  const type = textLike(text, lengthOf(text));
  return call(spec.binder, { key: spec.name, run: strict((value) => run(String(value))), type }, [text]);
}

function measured(spec: FunctionCall, run: (text: string) => number): Bound {
  const text = argument(spec, 0);
  const type = lengthOf(text) === 'max' ? bigint : int;
  return call(spec.binder, { key: spec.name, run: strict((value) => BigInt(run(String(value)))), type }, [text]);
}

const widthsBytes: Readonly<Record<string, bigint>> = {
  bit: 1n,
  tinyint: 1n,
  smallint: 2n,
  int: 4n,
  uniqueidentifier: 16n,
};

function dataLength({ binder, args }: FunctionCall): Bound {
  const [value = nullLiteral()] = args;
  const width = widthsBytes[value.type.name] ?? 8n;
  const characterBytes = isNational(value.type) ? 2 : 1;
  const run = strict((stored) => {
    if (stored instanceof Uint8Array) return BigInt(stored.length);
    return isText(value.type) ? BigInt(String(stored).length * characterBytes) : width;
  });
  return call(binder, { key: `DATALENGTH ${typeKey(value.type)}`, run, type: int, nullable: true }, [value]);
}

/** LEFT and RIGHT; a literal length also limits the type. */
function cut(spec: FunctionCall, run: (text: string, length: number) => string): Bound {
  const text = argument(spec, 0);
  const length = implicitly(spec.binder, spec.args[1] ?? nullLiteral(), int, spec.line);
  const type = textLike(text, shorter(lengthOf(text), length));
  const checked = strict((value, count) => {
    if (Number(count) < 0) throw invalidLength(spec.name.toLowerCase());
    return run(String(value), Number(count));
  });
  return call(spec.binder, { key: spec.name, run: checked, type }, [text, length]);
}

function shorter(length: number | 'max', limit: Bound): number | 'max' {
  if (typeof limit.constant !== 'bigint' || limit.constant < 0n) return length;
  const most = Number(limit.constant);
  return length === 'max' ? length : Math.min(length, most);
}

/** Positions count from 1; those before the text use up length. */
function substring(spec: FunctionCall): Bound {
  const text = argument(spec, 0);
  const [start, length] = [1, 2].map((at) =>
    implicitly(spec.binder, spec.args[at] ?? nullLiteral(), bigint, spec.line),
  );
  if (start === undefined || length === undefined) return nullLiteral();
  const type = textLike(text, shorter(lengthOf(text), length));
  const run = strict((value, from, count) => {
    if (Number(count) < 0) throw invalidLength('substring');
    const first = Number(from) - 1;
    return String(value).slice(Math.max(0, first), Math.max(0, first + Number(count)));
  });
  return call(spec.binder, { key: 'SUBSTRING', run, type }, [text, start, length]);
}

function charIndex(spec: FunctionCall): Bound {
  const [wanted, text] = [argument(spec, 0), argument(spec, 1)];
  const from = spec.args.slice(2).map((each) => implicitly(spec.binder, each, bigint, spec.line));
  const type = lengthOf(text) === 'max' ? bigint : int;
  const run = strict((part, whole, start = 1n) => BigInt(findText(String(whole), String(part), Number(start) - 1) + 1));
  return call(spec.binder, { key: 'CHARINDEX', run, type }, [wanted, text, ...from]);
}

function replace(spec: FunctionCall): Bound {
  const args = [0, 1, 2].map((at) => argument(spec, at));
  const national = args.some((each) => isNational(each.type));
  const type = textType(national, args.some((each) => lengthOf(each) === 'max') ? 'max' : national ? 4000 : 8000);
  const most = lengthOf({ type }) === 'max' ? longestCharacters : national ? 4000 : 8000;
  const run = strict((text, from, to) => replaceText(String(text), String(from), String(to)).slice(0, most));
  return call(spec.binder, { key: `REPLACE ${typeKey(type)}`, run, type }, args);
}

/** Unlike `+`, CONCAT takes NULL for empty text and never gives NULL. */
function concat(spec: FunctionCall): Bound {
  const args = spec.args.map((_, at) => argument(spec, at));
  const lengths = args.map(lengthOf);
  const national = args.some((each) => isNational(each.type));
  const limit = national ? 4000 : 8000;
  const total = lengths.reduce<number>((sum, length) => sum + (length === 'max' ? 0 : length), 0);
  const type = textType(national, lengths.includes('max') ? 'max' : Math.min(total, limit));
  const most = lengths.includes('max') ? longestCharacters : limit;
  const run = (...values: readonly Stored[]): string =>
    values
      .map((each) => each ?? '')
      .join('')
      .slice(0, most);
  return call(spec.binder, { key: `CONCAT ${most}`, run, type, nullable: false }, args);
}

const repeatLimit = 8000;
/** More than a client of the simulator needs, and no more than a process can hold. */
const longestCharacters = 16_777_216;

/** Of a `(max)` text without a limit; of any other, cut at 8000 bytes. */
function replicate(spec: FunctionCall): Bound {
  const text = argument(spec, 0);
  const count = implicitly(spec.binder, spec.args[1] ?? nullLiteral(), int, spec.line);
  const isLong = lengthOf(text) === 'max';
  const type = textLike(text, isLong ? 'max' : isNational(text.type) ? 4000 : 8000);
  const most = isLong ? longestCharacters : isNational(text.type) ? 4000 : 8000;
  const run = strict((value, times) => {
    const part = String(value);
    if (Number(times) < 0) return null;
    if (isLong && part.length * Number(times) > most) throw unsupported(`a text of more than ${most} characters`);
    const needed = part === '' ? 0 : Math.ceil(most / part.length);
    return part.repeat(Math.min(Number(times), needed)).slice(0, most);
  });
  return call(spec.binder, { key: `REPLICATE ${typeKey(type)}`, run, type, nullable: true }, [text, count]);
}

function space(spec: FunctionCall): Bound {
  const count = implicitly(spec.binder, spec.args[0] ?? nullLiteral(), int, spec.line);
  const run = strict((times) => (Number(times) < 0 ? null : ' '.repeat(Math.min(Number(times), repeatLimit))));
  return call(spec.binder, { key: 'SPACE', run, type: textType(false, repeatLimit), nullable: true }, [count]);
}

function quoteName(spec: FunctionCall): Bound {
  const text = argument(spec, 0);
  const run = strict((value) => (String(value).length > 128 ? null : `[${String(value).replaceAll(']', ']]')}]`));
  return call(spec.binder, { key: 'QUOTENAME', run, type: textType(true, 258), nullable: true }, [text]);
}
