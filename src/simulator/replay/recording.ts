import type { ColumnType, SqlType, SqlValue } from '../sql-type.ts';

/** One view of a recorded server, ready to be sent. */
export interface ReplayedView {
  /** The object that is read; null: functions of the server only. */
  readonly source: string | null;
  /** All that the object has; what was asked for comes first. */
  readonly columns: readonly ColumnType[];
  /** By the names of the columns that were asked for. */
  readonly rows: readonly ReadonlyMap<string, SqlValue>[];
  /** The names that were asked for, in lower case. */
  readonly asked: ReadonlySet<string>;
  /** The error that the server answered with; null: none. */
  readonly errorNumber: number | null;
}

export interface ReplayedServer {
  readonly engine: string;
  readonly version: string;
  readonly views: readonly ReplayedView[];
}

/** A file is none of `milink-exporter record`; says where. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

type Json = Readonly<Record<string, unknown>>;

/** Reads a recording. Throws RecordingError. */
export function parseRecording(text: string): readonly ReplayedServer[] {
  const document = objectOf(parsed(text), 'the file');
  if (document.format !== 'milink-exporter recording 1') {
    throw new RecordingError(
      'format is not "milink-exporter recording 1": write the file with `milink-exporter record`',
    );
  }
  return listOf(document.servers, 'servers').map((each, at) => {
    const where = `servers[${at}]`;
    const { engine, version, views } = objectOf(each, where);
    return {
      engine: String(engine),
      version: String(version),
      views: listOf(views, `${where}.views`).map((view, index) => viewOf(view, `${where}.views[${index}]`)),
    };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordingError(`it is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function viewOf(value: unknown, where: string): ReplayedView {
  const { source, columns, declared, rows, failure } = objectOf(value, where);
  const own = listOf(columns, `${where}.columns`).map((each) => columnOf(objectOf(each, `${where}.columns`)));
  const all = listOf(declared, `${where}.declared`).map((each) => columnOf(objectOf(each, `${where}.declared`)));
  const asked = new Set(own.map(({ name }) => name.toLowerCase()));
  const number = failure === null ? null : objectOf(failure, `${where}.failure`).errorNumber;
  return {
    source: typeof source === 'string' ? source : null,
    columns: [...own, ...all.filter(({ name }) => !asked.has(name.toLowerCase()))],
    asked,
    rows: listOf(rows, `${where}.rows`).map((row, at) => {
      const values = listOf(row, `${where}.rows[${at}]`);
      return new Map(own.map(({ name, type }, index) => [name.toLowerCase(), sentValue(values[index], type)]));
    }),
    errorNumber: failure === null ? null : typeof number === 'number' ? number : 50_000,
  };
}

/** Types that the simulator does not send are sent as text: what reads them sees that they are none of its own. */
function columnOf({ name, type, length, precision, scale, isNullable }: Json): ColumnType {
  return {
    name: String(name),
    type: typeOf(String(type), { length, precision, scale }),
    nullable: isNullable !== false,
  };
}

function typeOf(name: string, { length, precision, scale }: Json): SqlType {
  switch (name) {
    case 'bit':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'datetime':
    case 'uniqueidentifier':
      return { name };
    case 'datetime2':
      return { name, scale: typeof scale === 'number' ? scale : 7 };
    case 'numeric':
    case 'decimal':
      return { name: 'numeric', precision: Number(precision ?? 38), scale: Number(scale ?? 0) };
    case 'varbinary':
      return { name, length: typeof length === 'number' && length > 0 && length <= 8000 ? length : 'max' };
    default:
      return { name: 'nvarchar', length: 'max' };
  }
}

function sentValue(value: unknown, { name }: SqlType): SqlValue {
  if (value === null || value === undefined) return null;
  if (name === 'bigint') return BigInt(String(value));
  if (name === 'varbinary') return Uint8Array.from(Buffer.from(String(value).slice(2), 'hex'));
  if (name === 'numeric' || name === 'nvarchar') return String(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

function objectOf(value: unknown, where: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new RecordingError(`${where} is no object`);
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RecordingError(`${where} is no list`);
}
