import { call, equalityKey, implicitly, nullLiteral } from '../../bound.ts';
import { sqlError } from '../../errors/errors.ts';
import type { FunctionCall, Functions } from '../../function-spec.ts';
import type { Stored } from '../../storage.ts';
import type { Bound } from '../binder.ts';
import { unify } from '../case.ts';

/** COALESCE, ISNULL, NULLIF and CHOOSE. */
export const nullFunctions: Functions = {
  COALESCE: { least: 2, most: 1000, bind: coalesce },
  ISNULL: { least: 2, most: 2, bind: isNull },
  NULLIF: { least: 2, most: 2, bind: nullIf },
  CHOOSE: { least: 2, most: 1000, bind: choose },
};

/** As a real server describes it: nullable, even with a literal at its end. */
function coalesce({ binder, args, line }: FunctionCall): Bound {
  if (args.every((arg) => arg.isNull === true)) {
    const message = 'At least one of the arguments to COALESCE must be an expression that is not the NULL constant.';
    throw sqlError({ number: 4127, line }, message);
  }
  const unified = unify(binder, args, line);
  const [first = nullLiteral()] = unified;
  return { sql: `COALESCE(${unified.map((each) => each.sql).join(', ')})`, type: first.type, nullable: true };
}

/** Unlike COALESCE it has its first argument's type. */
function isNull({ binder, args, line }: FunctionCall): Bound {
  const [value = nullLiteral(), other = nullLiteral()] = args;
  const type = value.isNull === true ? other.type : value.type;
  const fallback = implicitly(binder, other, type, line);
  const isNullLiteral = value.isNull === true && other.isNull === true;
  const nullable = value.nullable && other.nullable;
  return { sql: `IFNULL(${value.sql}, ${fallback.sql})`, type, nullable, ...(isNullLiteral && { isNull: true }) };
}

function nullIf({ binder, args, line }: FunctionCall): Bound {
  const [value = nullLiteral()] = args;
  const keys = unify(binder, args, line).map((each) => ({ ...value, sql: equalityKey(binder, each) }));
  const run = (kept: Stored = null, first: Stored = null, second: Stored = null): Stored =>
    first !== null && first === second ? null : kept;
  return call(binder, { key: 'nullif', run, type: value.type, nullable: true }, [value, ...keys]);
}

function choose({ binder, args, line }: FunctionCall): Bound {
  const [index = nullLiteral(), ...values] = args;
  const at = implicitly(binder, index, { name: 'int' }, line);
  const unified = unify(binder, values, line);
  const branches = unified.map((each, position) => `WHEN ${position + 1} THEN ${each.sql}`);
  return { sql: `CASE ${at.sql} ${branches.join(' ')} END`, type: unified[0]?.type ?? at.type, nullable: true };
}
