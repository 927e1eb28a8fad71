import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Where the pages are, from the root of the project. */
export const folder = 'docs/runbooks';

/** A page by its path from the root of the project. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A fenced block: its language, and what stands in it without its indentation. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

/** Every page of the folder. */
export function runbookPages(): readonly Page[] {
  return readdirSync(join(root, folder)).map((file) => pageAt(join(folder, file)));
}

export function pageAt(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

export function blocksOf({ path, text }: Page): readonly Block[] {
  return [...text.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(([, margin = '', language = '', body = '']) => ({
    page: path,
    language,
    text: body
      .split('\n')
      .map((line) => line.slice(line.startsWith(margin) ? margin.length : 0))
      .join('\n'),
  }));
}

/** The targets of a page's links, those to other sites left out. */
export function linksOf({ text }: Page): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that GitHub makes of a page's headings, and those that the page sets itself. */
export function anchorsOf({ text }: Page): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}
