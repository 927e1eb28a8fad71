import type { Table } from '../catalog/table.ts';
import type { SqlType } from '../sql-type.ts';
import type { Statement } from './ast.ts';
import { type CompiledBatch, compileBatch } from './compile.ts';
import { parseText } from './parse/text.ts';
import type { Runtime } from './runtime.ts';

/** A client sends the same few texts at every poll; one that sends another each time doesn't fill the memory. */
const textLimit = 128;
const longestText = 65_536;
const texts = new Map<string, ReturnType<typeof parseText>>();

/** As `parseText`; a text that was read before is not read again. */
export function readText(text: string, quotedIdentifiers: boolean): ReturnType<typeof parseText> {
  const key = `${quotedIdentifiers} ${text}`;
  const found = texts.get(key);
  if (found !== undefined) return found;
  const parsed = parseText(text, quotedIdentifiers);
  if (text.length > longestText) return parsed;
  if (texts.size >= textLimit) texts.clear();
  texts.set(key, parsed);
  return parsed;
}

/** What names and types a batch was planned with, and what came of it. */
interface Planned {
  readonly tables: ReadonlyMap<string, Table>;
  readonly known: string;
  readonly compiled: CompiledBatch;
}

/** By session, since a plan calls functions of its session's SQLite. */
const sessions = new WeakMap<Runtime, WeakMap<readonly Statement[], Planned>>();

/** As `compileBatch`; a batch whose names and types mean what they meant when it was planned is not planned again. */
export function planBatch(
  runtime: Runtime,
  statements: readonly Statement[],
  parameters: ReadonlyMap<string, SqlType>,
): CompiledBatch {
  const kept = sessions.get(runtime) ?? new WeakMap<readonly Statement[], Planned>();
  sessions.set(runtime, kept);
  const { tables } = runtime.instance;
  const known = JSON.stringify([runtime.database, ...runtime.instance.databases().values(), ...parameters]);
  const found = kept.get(statements);
  if (found?.tables === tables && found.known === known) return found.compiled;
  const compiled = compileBatch(runtime, statements, parameters);
  kept.set(statements, { tables, known, compiled });
  return compiled;
}
