import type { Command } from '../command.ts';
import { type Flag, flagGroups } from './flag.ts';

const width = 80;

export const helpFlag: Flag = { name: 'help', group: 'Other', help: 'Show this help and exit (also -h).' };
export const versionFlag: Flag = { name: 'version', group: 'Other', help: 'Show version information and exit.' };

/** A command as the program knows it before it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** The help text of the whole program. */
export function programHelp(commands: readonly CommandEntry[], fallback: Command): string {
  const rows = commands.map((command): [string, string] => [
    command.name,
    command.name === fallback.name ? `${command.summary} (default)` : command.summary,
  ]);
  return [
    'usage: milink-exporter [<command>] [<flags>]',
    '',
    'Prometheus exporter for the Azure SQL Managed Instance link.',
    '',
    'Commands:',
    ...table(rows),
    '',
    ...flagSections([...fallback.flags, helpFlag, versionFlag], ` flags of ${fallback.name}:`),
    'milink-exporter <command> --help shows the flags of the others.',
    '',
  ].join('\n');
}

/** The help text of one command. */
export function commandHelp(command: Command): string {
  return [
    `usage: milink-exporter ${command.name} ${command.words === undefined ? '' : `${command.words} `}[<flags>]`,
    '',
    ...wrap(`${command.summary}.`, width),
    '',
    ...flagSections([...command.flags, helpFlag, versionFlag], ' flags:'),
    ...(command.notes === undefined ? [] : [...command.notes, '']),
  ].join('\n');
}

/** A table under a heading for each group that has flags, and an empty line after it. */
function flagSections(flags: readonly Flag[], title: string): string[] {
  const indent = indentOf(flags.map(signature));
  return flagGroups.flatMap((group) => {
    const members = flags.filter((flag) => flag.group === group);
    if (members.length === 0) return [];
    return [
      `${group}${title}`,
      ...table(
        members.map((flag) => [signature(flag), describe(flag)]),
        indent,
      ),
      '',
    ];
  });
}

function signature(flag: Flag): string {
  const value = flag.value === undefined ? '' : flag.isValueOptional ? `[=${flag.value}]` : `=${flag.value}`;
  return `--${flag.name}${value}${flag.isRepeatable ? ' ...' : ''}`;
}

function describe(flag: Flag): string {
  const choices = flag.choices ? ` One of: ${flag.choices.join(', ')}.` : '';
  const preset = flag.default === undefined ? '' : ` Default: ${flag.default}`;
  return `${flag.help}${choices}${preset}`;
}

/** The column where the texts beside these words start; a longer word has a line of its own. */
function indentOf(words: readonly string[]): number {
  return Math.min(30, Math.max(...words.map((word) => word.length)) + 4);
}

function table(rows: readonly (readonly [string, string])[], indent = indentOf(rows.map(([left]) => left))): string[] {
  return rows.flatMap(([left, right]) => {
    const lines = wrap(right, width - indent);
    const head = `  ${left}`;
    const fits = head.length < indent;
    const first = fits ? [head.padEnd(indent) + (lines.shift() ?? '')] : [head];
    return [...first, ...lines.map((line) => ' '.repeat(indent) + line)];
  });
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
