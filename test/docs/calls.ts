import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];
export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

const joined = (code: string): readonly string[] => code.replaceAll(/\\\n\s*/g, ' ').split('\n');

/** What a page shows to be typed, line by line, lines that go on joined; `language` of a fenced block, empty of others. */
export function blockLines(text: string): readonly { readonly language: string; readonly line: string }[] {
  const fenced = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
  const indented = [...text.matchAll(/^ {4}(.*)$/gm)].map(([, code = '']) => ({ language: '', code }));
  return [...fenced, ...indented].flatMap(({ language, code }) => joined(code).map((line) => ({ language, line })));
}

/** What a page shows as code within its sentences. */
export function inlineCode(text: string): readonly string[] {
  return [...text.replaceAll(/^```\w*\n.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Everything that a page shows as code, line by line. */
export function codeLines(text: string): readonly string[] {
  return [...blockLines(text).map(({ line }) => line), ...inlineCode(text).flatMap(joined)];
}

/** The arguments of each call of the program on a line, up to what is the shell's; after `docker run` its image is the program. */
function callsIn(line: string): readonly (readonly string[])[] {
  return line.split('&&').flatMap((part) => {
    const [, text] =
      /^\s*(?:\$ )?(?:sudo (?:-u \S+ )?)?(?:milink-exporter|npm start (?:--silent )?--) ([^|;&#>)]*)/.exec(part) ??
      /^\s*docker run .*(?<!--name) milink-exporter ([^|;&#>)]*)/.exec(part) ??
      [];
    const words = [...(text ?? '').matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) =>
      word.replaceAll(/^["']|["']$/g, ''),
    );
    return words.length === 0 ? [] : [words];
  });
}

const commands = /^(?:serve|check|explain|healthcheck|grants|demo|simulate|init|preflight|test-network|record|help)$/;
/** A word of prose after the program's name, an image of that name, and a placeholder. */
const isCall = ([first = '', ...rest]: readonly string[]): boolean =>
  (first.startsWith('--') || commands.test(first)) && ![first, ...rest].some((word) => /[<>[\]…]|^\.\.\.$/.test(word));

/** Each call of the program that a page shows, once, as its arguments with blanks between them. */
export function callsOf(text: string): readonly string[] {
  const calls = codeLines(text).flatMap((line) => callsIn(line).filter(isCall));
  return [...new Set(calls.map((args) => args.join(' ')))];
}

/** Every call of all pages, with the last page that has it. */
export const seen: ReadonlyMap<string, string> = new Map(
  pages.flatMap((page) => callsOf(textOf(page)).map((call) => [call, page] as const)),
);

/** A call that can't be run to its end by the suite, as the page itself marks it, in a comment that readers don't see. */
export interface Mark {
  readonly tool: string;
  /** Its first words; none: whatever the page has of the tool. */
  readonly call: string;
  readonly why: string;
}

export function marksOf(text: string): readonly Mark[] {
  return [...text.matchAll(/^<!-- not run by the suite: (\S+?)(?: (.+?))?: (.+) -->$/gm)].map(
    ([, tool = '', call = '', why = '']) => ({ tool, call, why }),
  );
}

/** The marks of the calls of this program. */
export function ownMarksOf(text: string): readonly Mark[] {
  return marksOf(text).filter(({ tool }) => tool === 'milink-exporter');
}
