import { type Document, type ErrorCode, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Report } from '../value/problem.ts';
import { maximumDepth, type YamlMapping, yamlTree } from './yaml-tree.ts';

/** Our words for the parser's errors: its own quote the text that they are about, which may be a password. */
const messageByCode = {
  ALIAS_PROPS: 'an alias has no anchor or tag of its own',
  BAD_ALIAS: 'an alias is `*` and a name: quote a text that starts with `*`',
  BAD_COLLECTION_TYPE: 'the tag does not fit the value: remove the tag',
  BAD_DIRECTIVE: 'a line that starts with `%` is a YAML directive, and this one is not known: remove it',
  BAD_DQ_ESCAPE: 'not a valid escape after `\\`: use single quotes for a text with backslashes',
  BAD_INDENT: 'wrong indentation or a missing bracket: keys of one mapping start at the same column',
  BAD_PROP_ORDER: 'anchors and tags come before the value',
  BAD_SCALAR_START: 'a text that starts with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second `: ` on one line: quote a text that contains `: `',
  BLOCK_IN_FLOW: 'indented values are not possible inside `{ }` or `[ ]`',
  DUPLICATE_KEY: 'the key is given twice',
  IMPOSSIBLE: 'not YAML',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'not YAML: a colon, a closing quote or a closing bracket is missing, or the indentation is wrong',
  MULTILINE_IMPLICIT_KEY: 'a key goes over more than one line: is a colon missing, or a `- ` indented wrongly?',
  MULTIPLE_ANCHORS: 'a value has one anchor at most',
  MULTIPLE_DOCS: 'a second YAML document starts here: one file holds one',
  MULTIPLE_TAGS: 'a value has one tag at most',
  NON_STRING_KEY: 'a key is not a text',
  RESOURCE_EXHAUSTION: `nested deeper than ${maximumDepth} levels`,
  TAB_AS_INDENT: 'a tab in the indentation: use spaces',
  TAG_RESOLVE_FAILED: 'tags (`!name`) are not used here: quote a text that starts with `!`',
  UNEXPECTED_TOKEN: 'not YAML: unexpected text: is a quote, a comma or a bracket missing or too many?',
} as const satisfies Record<ErrorCode, string>;

/** What a file is for its reader: a key that it starts with, and whether it may hold nothing. */
export interface FileKind {
  readonly firstKey: string;
  readonly mayBeEmpty: boolean;
}

const configurationFile: FileKind = { firstKey: 'servers', mayBeEmpty: false };

/** The file's mapping, or null after reporting why there is none (YAML 1.2, core schema, one document). */
export function parseYaml(text: string, report: Report, kind: FileKind = configurationFile): YamlMapping | null {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    // It compares each key with each other; `yamlTree` needs one pass, and knows both lines.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    reportFaults(faults, lineCounter, report);
    return null;
  }
  if (isEmpty(document) && kind.mayBeEmpty) return { kind: 'mapping', line: 1, entries: [] };
  return rootMapping(document, report, { lineCounter, firstKey: kind.firstKey });
}

/** The first fault of each line: those after it are mostly its consequences. */
function reportFaults(faults: readonly YAMLError[], lineCounter: LineCounter, report: Report): void {
  const seen = new Set<number>();
  for (const { code, pos } of faults) {
    const { line } = lineCounter.linePos(pos[0]);
    if (!seen.has(line)) report('', line, messageByCode[code]);
    seen.add(line);
  }
}

function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function rootMapping(
  document: Document.Parsed,
  report: Report,
  { lineCounter, firstKey }: { readonly lineCounter: LineCounter; readonly firstKey: string },
): YamlMapping | null {
  const { contents } = document;
  if (contents === null || isEmpty(document)) {
    report('', null, `the file is empty: it needs at least \`${firstKey}\``);
    return null;
  }
  const root = yamlTree(contents, lineCounter, report);
  if (root === null || root.kind === 'mapping') return root;
  report('', root.line, `the file is not a mapping: start with keys like \`${firstKey}:\``);
  return null;
}
