import { backupErrors } from './backup.ts';
import { databaseErrors, groupStateErrors } from './database.ts';
import type { SqlErrorDescription } from './description.ts';
import { authenticationErrors, endpointErrors } from './endpoint.ts';
import { failoverErrors } from './failover.ts';
import { joiningErrors } from './joining.ts';
import { linkErrors, linkOperationErrors } from './link.ts';
import { linkDatabaseErrors } from './link-database.ts';
import { linkGroupErrors } from './link-group.ts';
import { linkRoleErrors } from './link-role.ts';
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
