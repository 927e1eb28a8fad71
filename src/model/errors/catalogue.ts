import { authenticationErrors } from './authentication.ts';
import { databaseErrors } from './database.ts';
import type { SqlErrorDescription } from './description.ts';
import { endpointErrors } from './endpoint.ts';
import { linkErrors } from './link.ts';
import { linkDatabaseErrors } from './link-database.ts';
import { linkOperationErrors } from './link-operation.ts';
import { linkRoleErrors } from './link-role.ts';
import { seedingErrors } from './seeding.ts';
import { transportErrors } from './transport.ts';

/** One subject of the catalogue, in the order of the document. */
export interface ErrorSubject {
  readonly title: string;
  readonly errors: readonly SqlErrorDescription[];
}

/** Every error that this program knows, by subject: a new file of errors gets a line here. */
export const errorSubjects: readonly ErrorSubject[] = [
  { title: 'Creating a link', errors: linkErrors },
  { title: 'Databases that a link refuses', errors: linkDatabaseErrors },
  { title: 'Changing roles', errors: linkRoleErrors },
  { title: 'Operations', errors: linkOperationErrors },
  { title: 'Seeding', errors: seedingErrors },
  { title: 'Connection', errors: transportErrors },
  { title: 'Endpoint', errors: endpointErrors },
  { title: 'Authentication', errors: authenticationErrors },
  { title: 'Databases', errors: databaseErrors },
];

export const errorCatalogue: readonly SqlErrorDescription[] = errorSubjects.flatMap(({ errors }) => errors);

const byNumber: ReadonlyMap<number, SqlErrorDescription> = new Map(
  errorCatalogue.map((description) => [description.number, description]),
);

/** What a SQL Server error number means for a link; null for a number that the catalogue does not have. */
export function describeError(number: number): SqlErrorDescription | null {
  return byNumber.get(number) ?? null;
}
