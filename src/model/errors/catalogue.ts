import { backupErrors } from './backup.ts';
import { databaseErrors, groupStateErrors } from './database.ts';
import type { MessageDescription, SqlErrorDescription } from './description.ts';
import { authenticationErrors, endpointErrors } from './endpoint.ts';
import { failoverErrors } from './failover.ts';
import { joiningErrors } from './joining.ts';
import { linkErrors, linkOperationErrors } from './link.ts';
import { linkDatabaseErrors } from './link-database.ts';
import { linkGroupErrors } from './link-group.ts';
import { linkRoleErrors } from './link-role.ts';
import { messageCatalogue, messageFragments } from './messages.ts';
import { seedingErrors } from './seeding.ts';
import { setupErrors } from './setup.ts';
import { transportErrors } from './transport.ts';

/** One subject of the catalogue, in the order of the document. */
interface ErrorSubject {
  readonly title: string;
  readonly errors: readonly SqlErrorDescription[];
}

/** Every error that this program knows, by subject: a new file of errors gets a line here. */
export const errorSubjects: readonly ErrorSubject[] = [
  { title: 'Creating a link', errors: linkErrors },
  { title: 'Setting up SQL Server', errors: setupErrors },
  { title: 'The groups of a link', errors: linkGroupErrors },
  { title: 'Databases that a link refuses', errors: linkDatabaseErrors },
  { title: 'Databases that cannot join', errors: joiningErrors },
  { title: 'Changing roles', errors: linkRoleErrors },
  { title: 'Failing over', errors: failoverErrors },
  { title: 'Operations', errors: linkOperationErrors },
  { title: 'Seeding', errors: seedingErrors },
  { title: 'Connection', errors: transportErrors },
  { title: 'Endpoint', errors: endpointErrors },
  { title: 'Authentication', errors: authenticationErrors },
  { title: 'Databases', errors: databaseErrors },
  { title: 'Groups and copies', errors: groupStateErrors },
  { title: 'Backups of a managed instance', errors: backupErrors },
];

export const errorCatalogue: readonly SqlErrorDescription[] = errorSubjects.flatMap(({ errors }) => errors);

const byNumber: ReadonlyMap<number, SqlErrorDescription> = new Map(
  errorCatalogue.map((description) => [description.number, description]),
);

/** What a SQL Server error number means for a link; null for a number that the catalogue does not have. */
export function describeError(number: number): SqlErrorDescription | null {
  return byNumber.get(number) ?? null;
}

/** A SQL Server error number for a sentence, with its name where the catalogue has it: `35206 (connection_lost)`. */
export function errorText(number: number): string {
  const name = describeError(number)?.name;
  return name === undefined ? String(number) : `${number} (${name})`;
}

/** Longer texts are cut: a whole message of SQL Server is shorter. */
const maximumCharacters = 2000;

/** Entries of the catalogue that a text names, or whose words it has. */
export type Explained = SqlErrorDescription | MessageDescription;

/**
 * The entries for a text: those whose fragment of the server's text stands in it (a whole message was pasted), else those
 * that have each of its words in their fragment, name or meaning. In the order of the catalogue; compares without case.
 */
export function searchErrors(text: string): readonly Explained[] {
  const wanted = normalized(text.slice(0, maximumCharacters));
  if (wanted === '') return [];
  const all: readonly Explained[] = [...errorCatalogue, ...messageCatalogue];
  const pasted = all.filter((entry) => wanted.includes(normalized(fragmentOf(entry))));
  if (pasted.length > 0) return pasted;
  const words = wanted.split(' ');
  return all.filter((entry) => {
    const own = normalized(`${fragmentOf(entry)} ${entry.name} ${entry.meaning}`);
    return words.every((word) => own.includes(word));
  });
}

/** The numbers of the catalogue that differ from this one in a digit, or by two digits in the wrong order. */
export function similarNumbers(number: number): readonly number[] {
  const digits = String(number);
  return errorCatalogue.map((entry) => entry.number).filter((other) => isSimilar(digits, String(other)));
}

/** The few words of the server's text by which an entry is found. */
export function fragmentOf(entry: Explained): string {
  return 'number' in entry ? (messageFragments.get(entry.number) ?? entry.name) : entry.text;
}

function normalized(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]/u)
    .filter((word) => word !== '')
    .join(' ');
}

function isSimilar(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const different = [...one].flatMap((digit, index) => (digit === other[index] ? [] : [index]));
  const [first = 0, second = 0] = different;
  if (different.length === 2)
    return second === first + 1 && one[first] === other[second] && one[second] === other[first];
  return different.length === 1;
}
