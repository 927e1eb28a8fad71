import { parseArgs } from 'node:util';
import { nearest } from '../../config/value/wording.ts';
import { type Flag, type FlagValues, UsageError, wordsName } from './flag.ts';
import { answerTo } from './foreign.ts';

/**
 * Parses what follows the command's name. As in the Prometheus family `--no-NAME` switches a switch off, and so does
 * `--NAME=false`; as Go's flag package has it, one dash is as good as two.
 * Words are kept where they are taken; else `stray` says what is wrong with one.
 * @throws UsageError for an unknown flag, a missing or unwanted value, a value outside the choices, a stray word.
 */
export function parseFlags(
  args: readonly string[],
  flags: readonly Flag[],
  takesWords = false,
  stray = (word: string): string => `unexpected argument "${word}"`,
): FlagValues {
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const { tokens } = parseArgs({
    args: args.map((arg) => withTwoDashes(arg, byName)),
    options: Object.fromEntries(flags.map((flag) => [flag.name, optionOf(flag)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!takesWords) throw new UsageError(stray(token.value));
      words.push(token.value);
      continue;
    }
    if (token.kind === 'option-terminator') continue;
    const { flag, value } = meaningOf(token, byName);
    const given = values.get(flag.name);
    if (given !== undefined && !flag.isRepeatable) throw new UsageError(`--${flag.name} is given twice`);
    values.set(flag.name, [...(given ?? []), checkValue(flag, value)]);
  }
  const given = [...values].filter(([name, [value]]) => byName.get(name)?.value !== undefined || value === 'true');
  return new Map(words.length === 0 ? given : [...given, [wordsName, words]]);
}

function withTwoDashes(arg: string, byName: ReadonlyMap<string, Flag>): string {
  const name = /^-([^-=][^=]*)/.exec(arg)?.[1] ?? '';
  return byName.has(name) || byName.has(name.replace(/^no-/, '')) ? `-${arg}` : arg;
}

/** The flag that was meant, and its value: `false` for a switch that is switched off. */
function meaningOf(
  { name, rawName, value }: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  byName: ReadonlyMap<string, Flag>,
): { readonly flag: Flag; readonly value: string | undefined } {
  const flag = byName.get(name);
  if (flag !== undefined) return { flag, value };
  const negated = name.startsWith('no-') ? byName.get(name.slice(3)) : undefined;
  if (negated !== undefined && negated.value === undefined && value === undefined)
    return { flag: negated, value: 'false' };
  const answer = answerTo(name);
  if (answer !== null) throw new UsageError(`${rawName} is not a flag here: ${answer}`);
  throw new UsageError(`unknown flag ${rawName}${hint(name, [...byName.values()])}`);
}

function optionOf(flag: Flag): { type: 'string' | 'boolean'; multiple: true; short?: string } {
  const type = flag.value === undefined || flag.isValueOptional ? 'boolean' : 'string';
  return flag.name === 'help' ? { type, multiple: true, short: 'h' } : { type, multiple: true };
}

function checkValue(flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    if (value === undefined || value === 'true' || value === 'false') return value ?? 'true';
    throw new UsageError(`--${flag.name} takes no value but true or false`);
  }
  if (value === undefined && flag.isValueOptional) return 'true';
  if (value === '' && flag.mayBeEmpty) return value;
  if (value === undefined || value === '')
    throw new UsageError(`--${flag.name} needs a value: --${flag.name}=${flag.value}`);
  if (flag.choices && !flag.choices.includes(value)) {
    throw new UsageError(`--${flag.name}: ${choiceMessage(value, flag.choices)}`);
  }
  return value;
}

/** All choices where they fit on a line or two, and the likely one first. */
function choiceMessage(value: string, choices: readonly string[]): string {
  const guess = nearest(value, choices);
  const isShort = choices.length <= 12;
  const all = isShort ? ` The choices are ${choices.join(', ')}` : '';
  if (guess !== null) return `"${value}" is not known, did you mean ${guess}?${all}`;
  return isShort ? `"${value}" is not one of ${choices.join(', ')}` : `"${value}" is not known: --help has the list`;
}

function hint(name: string, flags: readonly Flag[]): string {
  const guess = nearest(
    name,
    flags.map((flag) => flag.name),
  );
  return guess === null ? '' : `, did you mean --${guess}?`;
}
