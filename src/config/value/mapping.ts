import convict from 'convict';
// Makes the formats known to convict.
import './formats.ts';
import type { azureClouds } from '../authentication/authentication.ts';
import type { ConfigWarning, KnownFamilies } from '../config.ts';
import { joinPath, type YamlNode } from '../file/yaml-tree.ts';
import { nameSchema } from '../schema.ts';
import type { Item, Schema } from './item.ts';
import type { Report } from './problem.ts';
import { unknownKeyMessage } from './unknown-key.ts';
import { mappingValue, show, showKind } from './wording.ts';

/** A value of the file and where it is. */
export interface Located {
  readonly path: string;
  readonly line: number;
  readonly node: YamlNode;
}

/** A mapping of the file, checked against its schema. */
export interface Mapping<T> {
  readonly path: string;
  /** Checked values; the default stands for a key that is absent, and for one whose value was reported. */
  readonly values: T;
  /** The value of a key that is in the file and is not reported; otherwise null. */
  given(key: keyof T & string): Located | null;
  /** Whether the key's value was reported, so that nothing may be concluded from the default in its place. */
  reported(key: keyof T & string): boolean;
}

/** The environment's variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the readers of the file's parts share. */
export interface Context {
  /** Absolute; relative paths in the file start here. */
  readonly folder: string;
  readonly env: Environment;
  readonly report: Report;
  warn(warning: ConfigWarning): void;
  /** Absent: any name of a metric is taken. */
  readonly families?: KnownFamilies;
  /** What an identity is for: Azure Resource Manager, with what its section says; absent: logins. */
  readonly resourceManager?: { readonly cloud: keyof typeof azureClouds | null; readonly ca: string | null };
}

/** Reads a mapping, reporting every key that is unknown, missing or has a bad value. */
export function readMapping<T>(schema: Schema<T>, at: Located, report: Report): Mapping<T> {
  const entries = knownEntries(schema, at, report);
  // No environment and no arguments: the file is the only source.
  const instance = convict<T>(schema, { env: {}, args: [] });
  instance.load(Object.fromEntries([...entries].map(([key, { node }]) => [key, plainValue(node)])));
  const items: Readonly<Record<string, Item<unknown>>> = schema;
  const bad = new Set<string>();
  for (const { key, message } of violations(instance)) {
    report(joinPath(at.path, key), entries.get(key)?.line ?? at.line, message);
    entries.delete(key);
    bad.add(key);
    instance.load({ [key]: items[key]?.default });
  }
  return {
    path: at.path,
    values: instance.getProperties(),
    given: (key) => entries.get(key) ?? null,
    reported: (key) => bad.has(key),
  };
}

/** The items of a list under `key`; none when it is absent or reported. */
export function itemsOf<T>(mapping: Mapping<T>, key: keyof T & string): readonly Located[] {
  const list = mapping.given(key);
  if (list?.node.kind !== 'list') return [];
  return list.node.items.map((node, index) => ({ path: `${list.path}[${index}]`, line: node.line, node }));
}

/** The entries whose key the schema has, with a value; the others are reported, and the required ones that are absent. */
function knownEntries<T>(schema: Schema<T>, at: Located, report: Report): Map<string, Located> {
  const known = new Map<string, Located>();
  if (at.node.kind !== 'mapping') {
    report(at.path, at.line, `${showKind(plainValue(at.node))} is not a mapping: give keys under it`);
    return known;
  }
  for (const { key, line, value } of at.node.entries) {
    const path = joinPath(at.path, key);
    if (key === null || !Object.hasOwn(schema, key))
      report(path, line, (report.unknownKey ?? unknownKeyMessage)(key, Object.keys(schema)));
    else if (value.kind === 'scalar' && value.value === null)
      report(path, line, 'no value: give one or remove the key');
    else known.set(key, { path, line, node: value });
  }
  const present = new Set(at.node.entries.map(({ key }) => key));
  for (const [key, { required, doc }] of Object.entries<Item<unknown>>(schema)) {
    if (required === true && !present.has(key)) report(joinPath(at.path, key), at.line, `missing: give ${doc}`);
  }
  return known;
}

/**
 * What convict says of the loaded values. Its one error holds a line for each key, `key: message`: our keys have no colon,
 * our messages no line break, and it adds nothing to them for a `sensitive` key.
 */
function violations<T>(instance: convict.Config<T>): { key: string; message: string }[] {
  try {
    instance.validate({ allowed: 'strict' });
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return { key: line.slice(0, colon), message: line.slice(colon + 2) };
    });
  }
}

/** A value for convict: what is inside lists and mappings has schemas of its own, and convict would merge or flatten it. */
function plainValue(node: YamlNode): unknown {
  if (node.kind === 'mapping') return mappingValue;
  return node.kind === 'list' ? node.items.map(() => null) : node.value;
}

interface NamedItem {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** The names in a list; those that are no names, and repeated ones, are reported and left out. */
export function readNames<T>(mapping: Mapping<T>, key: keyof T & string, report: Report): NamedItem[] {
  const names = new Map<string, NamedItem>();
  for (const { path, line, node } of itemsOf(mapping, key)) {
    const item = { kind: 'mapping', line, entries: [{ key: 'name', line, value: node }] } as const;
    // The name has no key in the file: its path ends with its index.
    const { name } = readMapping(nameSchema, { path, line, node: item }, (_path, ...rest) =>
      report(path, ...rest),
    ).values;
    if (name === null) continue;
    if (names.has(name)) report(path, line, `${show(name)} is listed twice`);
    names.set(name, names.get(name) ?? { name, path, line });
  }
  return [...names.values()];
}
