import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { onFile, readTextFile, TextFileError } from '../file/text-file.ts';
import type { Schema } from '../value/item.ts';
import { itemsOf, type Located, type Mapping, readMapping } from '../value/mapping.ts';
import type { ConfigProblem, Report } from '../value/problem.ts';
import { alternatives, isPlainKey, nearest } from '../value/wording.ts';
import { checkListed } from './formats.ts';
import { headersSchema, httpServerSchema, rateLimitSchema, tlsServerSchema, webSchema } from './schema.ts';

/** The state of a file on disk, by its absolute path: another one means that the file may hold something else. */
export type FileStamps = ReadonlyMap<string, string>;

/** What the readers of the file's parts share. */
export interface WebContext {
  readonly report: Report;
  /** Says of a place what works but is not what its writer may think. */
  readonly warn: Report;
  /** The text of a file that the web configuration names. Throws `TextFileError`. */
  readonly readFile: (path: string) => Promise<string>;
}

/** A context and what it collects. */
interface Collected {
  readonly context: WebContext;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
  readonly stamps: FileStamps;
}

/** A bundle of all public authorities is a quarter of this. */
const maximumSizeBytes = 1024 * 1024;

/** Relative paths start at the folder of the web configuration file, `file`. */
export function collectingContext(file: string): Collected {
  const problems: ConfigProblem[] = [];
  const warnings: ConfigProblem[] = [];
  const stamps = new Map<string, string>();
  const into = (list: ConfigProblem[]): Report =>
    Object.assign(
      (path: string, line: number | null, message: string) => void list.push({ file, path, line, message }),
      {
        unknownKey: unknownWebKeyMessage,
      },
    );
  const readFile = async (path: string): Promise<string> => {
    const absolute = resolve(dirname(file), path);
    // Before the reading: a file that changes in between is then seen to have changed.
    stamps.set(absolute, (await stampOf(absolute)) ?? 'not seen');
    return readTextFile(absolute, maximumSizeBytes);
  };
  return { context: { report: into(problems), warn: into(warnings), readFile }, problems, warnings, stamps };
}

/** Never rejects: a file that can't be looked at has a stamp too. Null when its file system does not answer. */
export async function stampOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await onFile(path, () => stat(path, { bigint: true }));
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    if (error instanceof TextFileError) return null;
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

const sections: readonly (readonly [place: string, keys: readonly string[]])[] = [
  ['the top level', Object.keys(webSchema)],
  ['tls_server_config', Object.keys(tlsServerSchema)],
  ['http_server_config', Object.keys(httpServerSchema)],
  ['http_server_config.headers', Object.keys(headersSchema)],
  ['rate_limit', Object.keys(rateLimitSchema)],
];

/** What to say of a key that a mapping of the web configuration file doesn't have. */
function unknownWebKeyMessage(key: string | null, allowed: readonly string[]): string {
  if (key === '<<') return 'merge keys (`<<`) are not part of YAML 1.2: alias the whole value, or repeat the keys';
  if (key === null || !isPlainKey(key)) return 'a key that is not a plain name: is a space missing after a colon?';
  const close = nearest(key, allowed);
  if (close !== null) return `unknown key: did you mean ${close}?`;
  const elsewhere = sections.find(([, keys]) => keys.includes(key));
  if (elsewhere !== undefined) return `unknown key here: it belongs in ${elsewhere[0]}`;
  return `unknown key: use ${alternatives(allowed)}`;
}

/** Reads a mapping as the toolkit does: a known key without a value, or with an empty text, is one that is absent. */
export function readSection<T>(schema: Schema<T>, at: Located, report: Report): Mapping<T> {
  const { node } = at;
  if (node.kind !== 'mapping') return readMapping(schema, at, report);
  const entries = node.entries.filter(
    ({ key, value }) =>
      key === null ||
      !Object.hasOwn(schema, key) ||
      value.kind !== 'scalar' ||
      (value.value !== null && value.value !== ''),
  );
  return readMapping(schema, { ...at, node: { ...node, entries } }, report);
}

/** The place of a section that is absent: an empty mapping there gives the defaults. */
export function absent(path: string): Located {
  return { path, line: 1, node: { kind: 'mapping', line: 1, entries: [] } };
}

/** The texts of a list, each one of `allowed` unless that is null; the others are reported and left out. */
export function readTexts<T>(
  mapping: Mapping<T>,
  key: keyof T & string,
  {
    report,
    allowed,
    kind,
  }: { readonly report: Report; readonly allowed: readonly string[] | null; readonly kind: string },
): string[] {
  return itemsOf(mapping, key).flatMap(({ path, line, node }) => {
    const value = node.kind === 'scalar' ? node.value : node.kind;
    if (typeof value === 'string' && (allowed === null ? value !== '' : allowed.includes(value))) return [value];
    report(path, line, allowed === null ? `this is not ${kind}: put it in quotes` : refusalOf(value, allowed, kind));
    return [];
  });
}

function refusalOf(value: unknown, allowed: readonly string[], kind: string): string {
  try {
    checkListed(value, allowed, kind);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
