import { isAggregate } from '../aggregate-names.ts';
import type { CallExpression } from '../ast.ts';
import { sqlError, unsupported } from '../errors/errors.ts';
import { notRecognized } from '../errors/syntax.ts';
import { argumentCount } from '../errors/type.ts';
import type { Functions } from '../function-spec.ts';
import { isKnownFunction } from '../known-names.ts';
import { bindAggregate } from './aggregate.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { bindExpression } from './expression.ts';
import { certificateFunctions } from './functions/certificate.ts';
import { dateFunctions } from './functions/date.ts';
import { nullFunctions } from './functions/null.ts';
import { numberFunctions } from './functions/number.ts';
import { permissionFunctions } from './functions/permission.ts';
import { serverFunctions } from './functions/server.ts';
import { textFunctions } from './functions/text.ts';
import { bindWindow, isRanking, needsOver } from './window.ts';

const functions: Functions = {
  ...dateFunctions,
  ...nullFunctions,
  ...numberFunctions,
  ...certificateFunctions,
  ...permissionFunctions,
  ...serverFunctions,
  ...textFunctions,
};

/** A call of a built-in function or an aggregate. Throws 195 for an unknown one, 174 or 189 for the wrong arguments. */
export function bindCall(binder: Binder, expression: CallExpression, scope: Scope): Bound {
  const { name, line } = expression;
  if (expression.over !== null) return bindWindow(binder, { ...expression, over: expression.over }, scope);
  if (isRanking(name)) throw needsOver(name, line);
  if (isAggregate(name)) return bindAggregate(binder, expression, scope);
  const spec = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (spec === undefined && isKnownFunction(name)) throw unsupported(expression.written, line);
  if (spec === undefined) throw notRecognized(expression.written, 'built-in function name', line);
  if (expression.args.length < spec.least || expression.args.length > spec.most) {
    throw argumentCount(name, spec, line);
  }
  const datePart = spec.takesDatePart === true ? readDatePart(expression) : '';
  const rest = spec.takesDatePart === true ? expression.args.slice(1) : expression.args;
  const args = rest.map((each) => bindExpression(binder, each, scope));
  return spec.bind({ binder, name, line, args, datePart });
}

function readDatePart(expression: CallExpression): string {
  const [first] = expression.args;
  if (first?.kind === 'column' && first.parts.length === 1) return first.parts[0]?.toLowerCase() ?? '';
  const message = `Invalid parameter 1 specified for ${expression.name.toLowerCase()}.`;
  throw sqlError({ number: 1023, class: 15, line: expression.line }, message);
}
