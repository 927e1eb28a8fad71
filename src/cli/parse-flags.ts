import { parseArgs } from 'node:util';
import { nearest } from '../config/wording.ts';
import { type Flag, type FlagValues, UsageError } from './flag.ts';

/**
 * Parses what follows the command's name.
 * @throws UsageError for an unknown flag, a missing or unwanted value, a value outside the choices, a stray word.
 */
export function parseFlags(args: readonly string[], flags: readonly Flag[]): FlagValues {
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(flags.map((flag) => [flag.name, optionOf(flag)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`unexpected argument "${token.value}"`);
    if (token.kind === 'option-terminator') continue;
    const flag = byName.get(token.name);
    if (!flag) throw new UsageError(`unknown flag ${token.rawName}${hint(token.name, flags)}`);
    const given = values.get(flag.name) ?? [];
    if (given.length > 0 && !flag.isRepeatable) throw new UsageError(`--${flag.name} is given twice`);
    values.set(flag.name, [...given, checkValue(flag, token.value)]);
  }
  return values;
}

function optionOf(flag: Flag): { type: 'string' | 'boolean'; multiple: true; short?: string } {
  const type = flag.value === undefined || flag.isValueOptional ? 'boolean' : 'string';
  return flag.name === 'help' ? { type, multiple: true, short: 'h' } : { type, multiple: true };
}

function checkValue(flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${flag.name} takes no value`);
    return 'true';
  }
  if (value === undefined && flag.isValueOptional) return 'true';
  if (value === undefined || value === '')
    throw new UsageError(`--${flag.name} needs a value: --${flag.name}=${flag.value}`);
  if (flag.choices && !flag.choices.includes(value)) {
    throw new UsageError(`--${flag.name}: "${value}" is not one of ${flag.choices.join(', ')}`);
  }
  return value;
}

function hint(name: string, flags: readonly Flag[]): string {
  const guess = nearest(
    name,
    flags.map((flag) => flag.name),
  );
  return guess === null ? '' : `, did you mean --${guess}?`;
}
