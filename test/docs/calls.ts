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

/** Everything that a page shows as code, line by line, lines that go on joined. */
export function codeLines(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code = '']) => code);
  const indented = [...text.matchAll(/^ {4}(.*)$/gm)].map(([, code = '']) => code);
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...fenced, ...indented, ...inline].flatMap((code) => code.replaceAll(/\\\n\s*/g, ' ').split('\n'));
}

/** The arguments of each call of the program on a line, up to what is the shell's; after `docker run` its image is the program. */
function callsIn(line: string): readonly (readonly string[])[] {
  return line.split('&&').flatMap((part) => {
    const [, text] =
      /^\s*(?:\$ )?(?:sudo )?(?:milink-exporter|npm start (?:--silent )?--) ([^|;&#>)]*)/.exec(part) ??
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

/** Every call of the program that a page shows, as its arguments with blanks between them, and the page. */
export const seen = new Map<string, string>();
for (const page of pages) {
  for (const line of codeLines(textOf(page))) {
    for (const args of callsIn(line).filter(isCall)) seen.set(args.join(' '), page);
  }
}
