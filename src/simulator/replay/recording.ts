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
  checkFormat(document.format);
  return listOf(document.servers, 'servers').map((each, at) => {
    const where = `servers[${at}]`;
    const { engine, version, views } = objectOf(each, where);
    const played = listOf(views, `${where}.views`).map((view, index) => viewOf(view, `${where}.views[${index}]`));
    return { engine: String(engine), version: versionOf(version, `${where}.version`), views: played };
  });
}

const format = 'milink-exporter recording 1';

function checkFormat(given: unknown): void {
  if (given === format) return;
  const words = 'write the file with `milink-exporter record`';
  const isNewer = typeof given === 'string' && /^milink-exporter recording \d{1,9}$/.test(given);
  throw new RecordingError(
    isNewer
      ? `it is a "${given}", and this version plays "${format}": use the version that wrote it, or ${words} of this one`
      : `format is not "${format}": ${words}`,
  );
}

/** What the login tells of the server; a server that did not tell its version is one of a version that there is. */
function versionOf(value: unknown, where: string): string {
  if (value === '') return '16.0.1000.6';
  if (typeof value === 'string' && /^\d{1,3}(?:\.\d{1,5}){3}$/.test(value)) return value;
  throw new RecordingError(`${where} is ${shown(value)}, and no version such as "16.0.4175.1"`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new RecordingError(`it is no JSON, or only a part of the file: ${words.slice(0, 200)}`);
  }
}

function viewOf(value: unknown, where: string): ReplayedView {
  const { source, columns, declared, rows, failure } = objectOf(value, where);
  const own = listOf(columns, `${where}.columns`).map((each) => columnOf(objectOf(each, `${where}.columns`)));
  const all = listOf(declared, `${where}.declared`).map((each) => columnOf(objectOf(each, `${where}.declared`)));
  const asked = new Set(own.map(({ name }) => name.toLowerCase()));
  const number = failure === null ? null : objectOf(failure ?? undefined, `${where}.failure`).errorNumber;
  const width = own.length;
  return {
    source: typeof source === 'string' ? source : null,
    columns: [...own, ...all.filter(({ name }) => !asked.has(name.toLowerCase()))],
    asked,
    rows: listOf(rows, `${where}.rows`).map((row, at) => {
      const values = listOf(row, `${where}.rows[${at}]`);
      if (values.length !== width)
        throw new RecordingError(`${where}.rows[${at}] has ${values.length} values for ${width} columns`);
      return new Map(
        own.map(({ name, type }, index) => {
          const place = `${where}.rows[${at}][${index}], ${name}`;
          return [name.toLowerCase(), sentValue(values[index], type, place)];
        }),
      );
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
    case 'date':
    case 'datetime':
    case 'uniqueidentifier':
      return { name };
    case 'real':
    case 'money':
    case 'smallmoney':
      return { name: 'float' };
    case 'smalldatetime':
      return { name: 'datetime' };
    case 'datetime2':
    case 'datetimeoffset':
    case 'time':
      return { name, scale: wholeOf(scale, 0, 7) ?? 7 };
    case 'numeric':
    case 'decimal':
      return { name: 'numeric', precision: wholeOf(precision, 1, 38) ?? 38, scale: wholeOf(scale, 0, 38) ?? 0 };
    case 'varbinary':
      return { name, length: wholeOf(length, 1, 8000) ?? 'max' };
    default:
      return { name: 'nvarchar', length: 'max' };
  }
}

function wholeOf(value: unknown, least: number, most: number): number | null {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : null;
}

const ranges: Partial<Record<SqlType['name'], readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
};

const texts: Partial<Record<SqlType['name'], RegExp>> = {
  varbinary: /^0x(?:[0-9A-F]{2})*$/i,
  uniqueidentifier: /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i,
  numeric: /^-?\d{1,38}(?:\.\d{1,38})?$/,
  date: /^\d{4}-\d{2}-\d{2}/,
  time: /^\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/,
  datetime2: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/,
  datetimeoffset: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/,
};

/** 0x and two digits for each of 32,768 bytes: a bound in the expression would be one more way through it. */
const longestVarbinaryText = 2 + 2 * 32_768;

/** A value as the simulator sends one of its type. Throws RecordingError for one that is none. */
function sentValue(value: unknown, { name }: SqlType, where: string): SqlValue {
  if (value === null || value === undefined) return null;
  const wrong = (): RecordingError => new RecordingError(`${where} is ${shown(value)}, and no value of ${name}`);
  const text = typeof value === 'object' ? null : String(value);
  if (text === null) throw wrong();
  const range = ranges[name];
  if (range !== undefined) {
    if (!/^-?\d{1,19}$/.test(text) || BigInt(text) < range[0] || BigInt(text) > range[1]) throw wrong();
    return name === 'bigint' ? BigInt(text) : Number(text);
  }
  if (name === 'bit' || name === 'float') {
    if (typeof value !== (name === 'bit' ? 'boolean' : 'number')) throw wrong();
    return value as boolean | number;
  }
  if (name === 'varbinary' && text.length > longestVarbinaryText) throw wrong();
  if (texts[name]?.test(text) === false) throw wrong();
  if (name === 'varbinary') return Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
  if (name === 'date') return text.slice(0, '2026-11-29'.length);
  return name === 'datetimeoffset' ? `${text.slice(0, -1)}+00:00` : text;
}

function objectOf(value: unknown, where: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new RecordingError(`${where} is no object`);
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RecordingError(`${where} is no list`);
}
