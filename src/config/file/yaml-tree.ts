import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';
import type { Report } from '../value/problem.ts';
import { showKey } from '../value/wording.ts';

/** A value of the file with the line where it starts; aliases are already replaced by what they stand for. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly line: number; readonly value: unknown }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly YamlNode[] }
  | YamlMapping;

/** A mapping with its entries in the order of the file; keys are unique. */
export interface YamlMapping {
  readonly kind: 'mapping';
  readonly line: number;
  readonly entries: readonly YamlEntry[];
}

/** One entry of a mapping. A `key` of null is one that is no text. */
export interface YamlEntry {
  readonly key: string | null;
  readonly line: number;
  readonly value: YamlNode;
}

/** Deeper than any configuration, and far from the end of the call stack. */
export const maximumDepth = 32;

/** With aliases followed: a few lines of aliases of aliases can stand for millions of values. */
const maximumValues = 100_000;

interface Conversion {
  readonly lineCounter: LineCounter;
  readonly fail: Report;
  /** The latest node of each anchor so far (YAML 1.2 section 3.2.2.2: an anchor may be given again). */
  readonly anchors: Map<string, Counted>;
}

/** A node and how many values it stands for. */
interface Counted {
  readonly node: YamlNode;
  readonly values: number;
}

interface Position {
  readonly path: string;
  readonly depth: number;
  /** The line of the key, for a value that has no place of its own. */
  readonly line: number;
}

/** The parser's tree as plain data, with lines and without aliases; null after reporting what is wrong with it. */
export function yamlTree(contents: Node, lineCounter: LineCounter, report: Report): YamlNode | null {
  let failures = 0;
  const fail: Report = (...problem) => {
    failures += 1;
    report(...problem);
  };
  const root = convert({ lineCounter, fail, anchors: new Map() }, contents, { path: '', depth: 0, line: 1 });
  if (root.values > maximumValues) fail('', null, `the file holds more than ${maximumValues} values, aliases followed`);
  return failures === 0 ? root.node : null;
}

function convert(conversion: Conversion, source: unknown, position: Position): Counted {
  const { anchors, fail } = conversion;
  const line = lineOf(conversion, source, position);
  if (position.depth > maximumDepth) {
    fail('', line, `nested deeper than ${maximumDepth} levels`);
    return emptyAt(line);
  }
  if (isAlias(source)) {
    const target = anchors.get(source.source);
    if (target === undefined)
      fail(position.path, line, 'no anchor with this name before it: quote a text that starts with `*`');
    return target ?? emptyAt(line);
  }
  const counted = convertOwn(conversion, source, { ...position, line });
  if ((isMap(source) || isSeq(source) || isScalar(source)) && source.anchor !== undefined) {
    anchors.set(source.anchor, counted);
  }
  return counted;
}

function convertOwn(conversion: Conversion, source: unknown, position: Position): Counted {
  const { line } = position;
  if (isMap(source)) return convertMapping(conversion, source.items, position);
  if (isSeq(source)) {
    const items = source.items.map((item, index) =>
      convert(conversion, item, { path: `${position.path}[${index}]`, depth: position.depth + 1, line }),
    );
    return { node: { kind: 'list', line, items: items.map(({ node }) => node) }, values: total(items) };
  }
  return { node: { kind: 'scalar', line, value: isScalar(source) ? source.value : null }, values: 1 };
}

function convertMapping(conversion: Conversion, pairs: readonly Pair[], position: Position): Counted {
  const firstLines = new Map<string, number>();
  const values: Counted[] = [];
  const entries = pairs.map((pair): YamlEntry => {
    const key = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : null;
    const line = lineOf(conversion, pair.key, position);
    const path = joinPath(position.path, key);
    const first = key === null ? undefined : firstLines.get(key);
    if (first !== undefined) conversion.fail(path, line, `the key is given twice: first on line ${first}`);
    if (key !== null && first === undefined) firstLines.set(key, line);
    const value = convert(conversion, pair.value, { path, depth: position.depth + 1, line });
    values.push(value);
    return { key, line, value: value.node };
  });
  return { node: { kind: 'mapping', line: position.line, entries }, values: total(values) };
}

function total(parts: readonly Counted[]): number {
  return parts.reduce((sum, { values }) => sum + values, 1);
}

function emptyAt(line: number): Counted {
  return { node: { kind: 'scalar', line, value: null }, values: 1 };
}

function lineOf({ lineCounter }: Conversion, source: unknown, position: Position): number {
  const range = isAlias(source) || isMap(source) || isSeq(source) || isScalar(source) ? source.range : null;
  return range ? lineCounter.linePos(range[0]).line : position.line;
}

/** `path.key`, without the key when it may be a value whose colon was forgotten. */
export function joinPath(path: string, key: string | null): string {
  const shown = showKey(key);
  if (shown === null) return path;
  return path === '' ? shown : `${path}.${shown}`;
}
