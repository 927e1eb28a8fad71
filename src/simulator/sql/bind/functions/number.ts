import type { SqlType } from '../../../sql-type.ts';
import { call, implicitly, nullLiteral, strict } from '../../bound.ts';
import { checkRange } from '../../convert/number.ts';
import { bigint, displayName, familyOf, float, int, type NumericType, typeKey } from '../../data-type.ts';
import { invalidArgumentType } from '../../errors/type.ts';
import type { FunctionCall, Functions } from '../../function-spec.ts';
import { decodeNumber, encodeNumber, rescale } from '../../number-key.ts';
import type { Bound } from '../binder.ts';

/** Rounding, signs, powers. */
export const numberFunctions: Functions = {
  ABS: { least: 1, most: 1, bind: (call_) => mapped(call_, magnitude) },
  SIGN: {
    least: 1,
    most: 1,
    bind: (call_) => mapped(call_, (value) => (value > 0n ? 1n : value < 0n ? -1n : 0n), Math.sign),
  },
  CEILING: { least: 1, most: 1, bind: (call_) => whole(call_, 'up') },
  FLOOR: { least: 1, most: 1, bind: (call_) => whole(call_, 'down') },
  ROUND: { least: 2, most: 3, bind: round },
  POWER: { least: 2, most: 2, bind: power },
  SQRT: { least: 1, most: 1, bind: (call_) => ofFloat(call_, Math.sqrt) },
};

/** What the argument counts as: smaller whole numbers become int, text becomes float. */
function numberType(bound: Bound, name: string): SqlType {
  switch (familyOf(bound.type)) {
    case 'integer':
      return bound.type.name === 'bigint' ? bigint : int;
    case 'numeric':
    case 'float':
      return bound.type;
    case 'text':
      return float;
    default:
      throw invalidArgumentType(displayName(bound.type), 1, name.toLowerCase());
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

type Exact = (value: bigint, scale: number) => bigint;

function mapped({ binder, name, args, line }: FunctionCall, exact: Exact, inexact = Math.abs): Bound {
  const [argument = nullLiteral()] = args;
  const type = numberType(argument, name);
  const operand = implicitly(binder, argument, type, line);
  return call(binder, { key: `${name} ${typeKey(type)}`, run: applied(type, exact, inexact), type }, [operand]);
}

function applied(type: SqlType, exact: Exact, inexact: (value: number) => number): ReturnType<typeof strict> {
  if (type.name === 'float') return strict((value) => inexact(Number(value)));
  if (type.name !== 'numeric') return strict((value) => checkRange(exact(BigInt(value as bigint), 0), type));
  const { scale } = type;
  return strict((value) => encodeNumber(exact(decodeNumber(String(value), scale), scale), scale));
}

/** CEILING and FLOOR of a numeric have no digits after the point. */
function whole({ binder, name, args, line }: FunctionCall, direction: 'up' | 'down'): Bound {
  const [argument = nullLiteral()] = args;
  const from = numberType(argument, name);
  const operand = implicitly(binder, argument, from, line);
  const inexact = direction === 'up' ? Math.ceil : Math.floor;
  const key = `${name} ${typeKey(from)}`;
  if (from.name !== 'numeric')
    return call(binder, { key, run: applied(from, (value) => value, inexact), type: from }, [operand]);
  const type: NumericType = { ...from, scale: 0 };
  const run = strict((value) =>
    encodeNumber(towards(decodeNumber(String(value), from.scale), from.scale, direction), 0),
  );
  return call(binder, { key, run, type }, [operand]);
}

function towards(unscaled: bigint, scale: number, direction: 'up' | 'down'): bigint {
  const divisor = 10n ** BigInt(scale);
  const quotient = unscaled / divisor;
  const rest = unscaled % divisor;
  if (rest > 0n && direction === 'up') return quotient + 1n;
  return rest < 0n && direction === 'down' ? quotient - 1n : quotient;
}

/** ROUND keeps the type; a third argument other than 0 cuts instead. */
function round({ binder, name, args, line }: FunctionCall): Bound {
  const [argument = nullLiteral(), length = nullLiteral(), mode] = args;
  const type = numberType(argument, name);
  const operand = implicitly(binder, argument, type, line);
  const digits = implicitly(binder, length, int, line);
  const modes = mode === undefined ? [] : [implicitly(binder, mode, int, line)];
  const run = strict((value, places, cut = 0n) => {
    const at = Math.max(-38, Math.min(38, Number(places)));
    if (type.name === 'float') return roundFloat(Number(value), at, cut !== 0n);
    const scale = type.name === 'numeric' ? type.scale : 0;
    const unscaled = type.name === 'numeric' ? decodeNumber(String(value), scale) : BigInt(value as bigint);
    const rounded = at >= scale ? unscaled : roundExact(unscaled, scale - at, cut !== 0n);
    return type.name === 'numeric' ? encodeNumber(rounded, scale) : checkRange(rounded, type);
  });
  return call(binder, { key: `${name} ${typeKey(type)}`, run, type }, [operand, digits, ...modes]);
}

function roundExact(unscaled: bigint, dropped: number, cut: boolean): bigint {
  const divisor = 10n ** BigInt(dropped);
  return (cut ? unscaled / divisor : rescale(unscaled, dropped, 0)) * divisor;
}

function roundFloat(value: number, places: number, cut: boolean): number {
  const factor = 10 ** places;
  const scaled = Math.abs(value) * factor;
  const whole_ = cut ? Math.floor(scaled) : Math.floor(scaled + 0.5);
  return Number.isFinite(scaled) ? (Math.sign(value) * whole_) / factor : value;
}

function power({ binder, args, line }: FunctionCall): Bound {
  const [base = nullLiteral(), exponent = nullLiteral()] = args;
  const type = numberType(base, 'power');
  const operands = [base, exponent].map((each) => implicitly(binder, each, float, line));
  const result = call(binder, { key: 'power', run: strict((a, b) => Number(a) ** Number(b)), type: float }, operands);
  return implicitly(binder, result, type, line);
}

function ofFloat({ binder, name, args, line }: FunctionCall, run: (value: number) => number): Bound {
  const operand = implicitly(binder, args[0] ?? nullLiteral(), float, line);
  return call(binder, { key: name, run: strict((value) => run(Number(value))), type: float }, [operand]);
}
