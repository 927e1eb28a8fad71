import type { Instance } from '../instance.ts';
import { hasNarrowPermissions } from './runtime.ts';

/** Server permissions that SQL Server 2022 made parts of older ones, each with what holds it. */
const narrow: Readonly<Record<string, string>> = {
  'VIEW SERVER PERFORMANCE STATE': 'VIEW SERVER STATE',
  'VIEW SERVER SECURITY STATE': 'VIEW SERVER STATE',
  'VIEW ANY SECURITY DEFINITION': 'VIEW ANY DEFINITION',
  'VIEW ANY PERFORMANCE DEFINITION': 'VIEW ANY DEFINITION',
};

const always = ['CONNECT SQL', 'VIEW ANY DATABASE'];

/** Names that HAS_PERMS_BY_NAME knows for the server; another name gives NULL. */
const known = [
  ...always,
  'ADMINISTER BULK OPERATIONS',
  'ALTER ANY AVAILABILITY GROUP',
  'ALTER ANY CONNECTION',
  'ALTER ANY DATABASE',
  'ALTER ANY ENDPOINT',
  'ALTER ANY LOGIN',
  'ALTER SERVER STATE',
  'ALTER SETTINGS',
  'ALTER TRACE',
  'CONNECT ANY DATABASE',
  'CONTROL SERVER',
  'CREATE ANY DATABASE',
  'CREATE AVAILABILITY GROUP',
  'CREATE ENDPOINT',
  'SELECT ALL USER SECURABLES',
  'SHUTDOWN',
  'UNSAFE ASSEMBLY',
  'VIEW ANY DEFINITION',
  'VIEW SERVER STATE',
];
const knownSince2022 = [...Object.keys(narrow), 'VIEW ANY ERROR LOG', 'VIEW ANY CRYPTOGRAPHICALLY SECURED DEFINITION'];

/** Whether a login holds a server permission, by itself or through a wider one; null for a name that is none. */
export function holds(instance: Instance, login: string, permission: string): boolean | null {
  const isNarrow = knownSince2022.includes(permission);
  if (!known.includes(permission) && !(isNarrow && hasNarrowPermissions(instance))) return null;
  const held = instance.permissions(login);
  if (held.has('CONTROL SERVER') || held.has(permission) || always.includes(permission)) return true;
  const wider = narrow[permission];
  return wider !== undefined && held.has(wider);
}

/** The permission that dynamic management views ask for, under the name that the version's error gives. */
export function serverStatePermission(instance: Instance): string {
  return hasNarrowPermissions(instance) ? 'VIEW SERVER PERFORMANCE STATE' : 'VIEW SERVER STATE';
}

/** The permission that views of keys and services ask for. */
export function securityStatePermission(instance: Instance): string {
  return hasNarrowPermissions(instance) ? 'VIEW SERVER SECURITY STATE' : 'VIEW SERVER STATE';
}
