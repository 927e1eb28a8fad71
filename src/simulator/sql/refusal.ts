import type { Statement } from './ast.ts';
import type { SqlError } from './errors/errors.ts';
import { sqlError, unsupported } from './errors/errors.ts';
import { invalidObject } from './errors/name.ts';
import { actionDenied, cannotFind, objectDenied, statementDenied } from './errors/permission.ts';
import { holds } from './permission.ts';
import type { Runtime } from './runtime.ts';

type Refused = Statement & { readonly kind: 'refused' };

const writes: Readonly<Record<string, string>> = {
  INSERT: 'INSERT',
  UPDATE: 'UPDATE',
  DELETE: 'DELETE',
  MERGE: 'UPDATE',
};
const serverObjects = ['AVAILABILITY GROUP', 'ENDPOINT', 'LOGIN', 'CERTIFICATE', 'SERVER ROLE', 'CREDENTIAL'];
const unnamed: Readonly<Record<string, readonly [number: number, message: string]>> = {
  KILL: [6102, 'User does not have permission to use the KILL statement.'],
  RECONFIGURE: [5812, 'You do not have permission to run the RECONFIGURE statement.'],
  SHUTDOWN: [6004, 'User does not have permission to perform this action.'],
  GRANT: [4613, 'Grantor does not have GRANT permission.'],
  DENY: [4613, 'Grantor does not have GRANT permission.'],
  REVOKE: [4613, 'Grantor does not have GRANT permission.'],
};

/** What takes no role of the server, or a right that a reader has. */
const forEverybody: ReadonlySet<string> = new Set(['HELP', 'INPUTBUFFER', 'SQLPERF', 'USEROPTIONS']);

/** Why a statement that writes or administers is not executed: the simulated logins may only read. */
export function refusalOf(runtime: Runtime, { action, target, object }: Refused): SqlError {
  const name = object.at(-1) ?? '';
  const { database } = runtime;
  const write = writes[action];
  if (holds(runtime.instance, runtime.login, 'CONTROL SERVER') === true)
    return unsimulated(runtime, { action, target, object });
  if (write !== undefined) return writeRefused(runtime, write, object);
  const own = unnamed[action];
  if (own !== undefined) return sqlError({ number: own[0], class: 14, reach: 'statement' }, own[1]);
  // Any login may make these, and what is in them would have to be kept.
  if (action === 'CREATE' && name.startsWith('#')) return unsupported(`CREATE ${target} ${name}`);
  switch (action) {
    case 'REVERT':
    case 'CHECKPOINT':
      return unsupported(action);
    case 'CREATE':
      return serverObjects.includes(target) ? actionDenied() : statementDenied(`CREATE ${target}`, database);
    case 'ALTER':
      return target === 'DATABASE' ? alterDatabase(name) : cannotFind('alter', target.toLowerCase(), name);
    case 'DROP':
    case 'TRUNCATE':
      return dropRefused(action, target, name);
    case 'BACKUP':
      return statementDenied(`BACKUP ${target}`, name === '' ? database : name);
    case 'RESTORE':
      return statementDenied('CREATE DATABASE', 'master');
    case 'DBCC':
      if (forEverybody.has(name.toUpperCase())) return unsupported(`DBCC ${name.toUpperCase()}`);
      return sqlError(
        { number: 2571, class: 14, state: 3, reach: 'statement' },
        `User '${runtime.login}' does not have permission to run DBCC ${name.toLowerCase()}.`,
      );
    default:
      return actionDenied();
  }
}

/** A sysadmin may: what is refused is refused for no right's sake. */
function unsimulated(
  runtime: Runtime,
  { action, target, object }: Pick<Refused, 'action' | 'target' | 'object'>,
): SqlError {
  const name = object.at(-1)?.toLowerCase() ?? '';
  if (writes[action] !== undefined && !runtime.instance.tables.has(name)) return invalidObject(object.join('.'), 0);
  return unsupported([action, target, ...object.slice(-1)].filter((word) => word !== '').join(' '));
}

/** 208 for an unknown object; a system view is not written to by anybody. */
function writeRefused(runtime: Runtime, permission: string, object: readonly string[]): SqlError {
  const [name = '', schema = ''] = [...object].reverse();
  const exists = schema.toLowerCase() === 'sys' && runtime.instance.tables.has(name.toLowerCase());
  if (!exists) return invalidObject(object.join('.'), 0);
  return objectDenied(permission, name, { database: 'mssqlsystemresource', schema: 'sys' });
}

function alterDatabase(name: string): SqlError {
  const message = `User does not have permission to alter database '${name}', the database does not exist, or the database is not in a state that allows access checks.`;
  return sqlError({ number: 5011, class: 14, state: 9, reach: 'statement' }, message);
}

function dropRefused(action: string, target: string, name: string): SqlError {
  if (action === 'TRUNCATE') {
    const message = `Cannot find the object "${name}" because it does not exist or you do not have permissions.`;
    return sqlError({ number: 4701, state: 1, reach: 'statement' }, message);
  }
  if (serverObjects.includes(target)) return cannotFind('drop', target.toLowerCase(), name);
  const message = `Cannot drop the ${target.toLowerCase()} '${name}', because it does not exist or you do not have permission.`;
  return sqlError({ number: 3701, class: 11, state: 5, reach: 'statement' }, message);
}
