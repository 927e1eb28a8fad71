/** Longer texts are cut: names in Azure and SQL Server are shorter, and what is told of an error need not be longer. */
const maximumTextCharacters = 300;

/** Before links there were none: a date of the year 1 or 1900 is how databases write none. */
const oldestTimestampSeconds = Date.UTC(2000) / 1000;
const newestTimestampSeconds = Date.UTC(9999) / 1000;

/** A mapping of an answer. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping under a key; one without any entry where there is none. */
export function fieldsIn(fields: Fields, key: string): Fields {
  const value = valueIn(fields, key);
  return isFields(value) ? value : {};
}

/** The mappings of the list under a key; none where there is no list. */
export function itemsIn(fields: Fields, key: string): readonly Fields[] {
  const value = valueIn(fields, key);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** A text that says something; null otherwise. */
export function textIn(fields: Fields, key: string): string | null {
  const value = valueIn(fields, key);
  if (typeof value !== 'string') return null;
  const text = value.slice(0, maximumTextCharacters).toWellFormed().trim();
  return text === '' ? null : text;
}

/** A number, also one that is written as a text. */
export function numberIn(fields: Fields, key: string): number | null {
  const value = valueIn(fields, key);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d{1,15}(?:\.\d{1,15})?\s*$/.test(value)) return null;
  return Number(value);
}

/** True or false, also written as a text. */
export function truthIn(fields: Fields, key: string): boolean | null {
  const value = valueIn(fields, key);
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** Unix seconds of an ISO 8601 time with any fraction; one without a zone is UTC, as all of Azure's are. */
export function timestampIn(fields: Fields, key: string): number | null {
  const text = textIn(fields, key);
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,12})?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text ?? '');
  if (match === null) return null;
  const [, date = '', time = '', fraction = '', zone = 'Z'] = match;
  const seconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`) / 1000 + Number(`0${fraction}`);
  return seconds >= oldestTimestampSeconds && seconds < newestTimestampSeconds ? seconds : null;
}

/** What is under a key. Azure Resource Manager compares names of properties without regard to case: so does this, as a second choice. */
export function valueIn(fields: Fields, key: string): unknown {
  if (Object.hasOwn(fields, key)) return fields[key];
  const sought = key.toLowerCase();
  const found = Object.keys(fields).find((each) => each.length === key.length && each.toLowerCase() === sought);
  return found === undefined ? undefined : fields[found];
}

/** One item of an answer; `oddity` says in words why it was not taken. */
export interface Parsed<Value> {
  readonly value: Value | null;
  readonly oddity: string | null;
}
