import { type Fields, isFields, textIn, valueIn } from './fields.ts';

/** Of databases of a link, what a word or a number says; an absent key and null are the normal form of "not known". */
const wordsOfDatabase = ['replicaState', 'mostRecentLinkError', 'synchronizationHealth', 'connectedState'] as const;

/** What of a link's databases is in a form that can't be taken, for people; null where all of it is. */
export function oddityOfDatabases(link: string, properties: Fields): string | null {
  const of = `of link ${JSON.stringify(link)}`;
  const databases = valueIn(properties, 'databases') ?? [];
  if (!Array.isArray(databases)) return `the databases ${of} are no list`;
  const items = databases.filter(isFields);
  const names = items.flatMap((item) => textIn(item, 'databaseName') ?? []);
  if (names.length < databases.length) return `${databases.length - names.length} databases ${of} have no name`;
  if (new Set(names).size < names.length) return `a database ${of} is listed twice: the last entry is taken`;
  const odd = wordsOfDatabase.find((key) => items.some((item) => !isWord(valueIn(item, key) ?? null)));
  return odd === undefined ? null : `${odd} of a database ${of} is neither a text nor a number`;
}

function isWord(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'number';
}
