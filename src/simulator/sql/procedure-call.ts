import type { Procedure } from '../instance.ts';
import type { SqlValue } from '../sql-type.ts';
import { conversion } from './convert/convert.ts';
import { type SqlError, sqlError } from './errors/errors.ts';
import type { Value } from './execute/execution.ts';
import { fromStored } from './storage.ts';

/** An argument of EXEC: its name with `@`, or null for one at its place. */
export type Argument = Value & { readonly name: string | null; readonly isDefault: boolean };

/** The values of a procedure's parameters, in their order. Throws 119, 201, 8144 and 8145. */
export function procedureValues(
  name: string,
  { parameters }: Procedure,
  given: readonly Argument[],
): readonly SqlValue[] {
  checkArguments(name, { parameters }, given);
  return parameters.map((parameter, at) => {
    const named = given.find((argument) => argument.name?.toLowerCase() === parameter.name.toLowerCase());
    const found = named ?? (given[at]?.name === null ? given[at] : undefined);
    if (found === undefined || found.isDefault) {
      if (parameter.whenLeftOut === undefined) throw missing(name, parameter.name);
      return parameter.whenLeftOut;
    }
    const convert = conversion(found.type, parameter.type, { explicit: false, style: 0, line: 0 });
    const stored = convert === null ? found.value : convert(found.value);
    return fromStored(parameter.type)(stored);
  });
}

function checkArguments(name: string, { parameters }: Pick<Procedure, 'parameters'>, given: readonly Argument[]): void {
  const firstNamed = given.findIndex((argument) => argument.name !== null);
  const misplaced = firstNamed < 0 ? -1 : given.findIndex((each, at) => at > firstNamed && each.name === null);
  if (misplaced >= 0) {
    const message = `Must pass parameter number ${misplaced + 1} and subsequent parameters as '@name = value'. After the form '@name = value' has been used, all subsequent parameters must be passed in the form '@name = value'.`;
    throw sqlError({ number: 119, class: 15 }, message);
  }
  const stranger = given.find(
    (argument) =>
      argument.name !== null && !parameters.some((each) => each.name.toLowerCase() === argument.name?.toLowerCase()),
  );
  if (stranger !== undefined) {
    throw sqlError(
      { number: 8145, state: 1, reach: 'statement' },
      `${stranger.name} is not a parameter for procedure ${name}.`,
    );
  }
  if (given.length > parameters.length) {
    const message = `Procedure or function ${name} has too many arguments specified.`;
    throw sqlError({ number: 8144, state: 2, reach: 'statement' }, message);
  }
}

function missing(name: string, parameter: string): SqlError {
  const message = `Procedure or function '${name}' expects parameter '${parameter}', which was not supplied.`;
  return sqlError({ number: 201, state: 4, reach: 'statement' }, message);
}
