import { type SqlError, sqlError } from './errors.ts';

/** The pair of errors that a dynamic management view gives without its permission (300, then 297). */
export function serverStateDenied(permission: string): readonly [SqlError, SqlError] {
  const message = `${permission} permission was denied on object 'server', database 'master'.`;
  return [
    sqlError({ number: 300, class: 14, reach: 'statement' }, message),
    sqlError({ number: 297, reach: 'statement' }, 'The user does not have permission to perform this action.'),
  ];
}

/** 229 on an object, as the server words it for SELECT, INSERT, EXECUTE, ... */
export function objectDenied(
  permission: string,
  object: string,
  place: { database: string; schema: string },
): SqlError {
  const message = `The ${permission} permission was denied on the object '${object}', database '${place.database}', schema '${place.schema}'.`;
  return sqlError({ number: 229, class: 14, state: 5, reach: 'statement' }, message);
}

/** 262: a statement such as CREATE TABLE that the login may not use in the database. */
export function statementDenied(statement: string, database: string): SqlError {
  const message = `${statement} permission denied in database '${database}'.`;
  return sqlError({ number: 262, class: 14, reach: 'statement' }, message);
}

/** 15151: an object that does not exist or that the login may not change; the server doesn't say which. */
export function cannotFind(action: string, kind: string, name: string): SqlError {
  const message = `Cannot ${action} the ${kind} '${name}', because it does not exist or you do not have permission.`;
  return sqlError({ number: 15151, reach: 'statement' }, message);
}

/** 15247: a server-level action without the right to it. */
export function actionDenied(): SqlError {
  return sqlError({ number: 15247, reach: 'statement' }, 'User does not have permission to perform this action.');
}

/** 916: the login has no user in a database. */
export function noAccess(login: string, database: string): SqlError {
  const message = `The server principal "${login}" is not able to access the database "${database}" under the current security context.`;
  return sqlError({ number: 916, class: 14, reach: 'statement' }, message);
}
