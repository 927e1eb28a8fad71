import type { Permission } from '../../model/server.ts';

/**
 * The permission that the login lacks to read the error log; null when it may ask. SQL Server 2022 and managed instances
 * have VIEW ANY ERROR LOG for it; where the server does not know that name, VIEW SERVER STATE decides. Of what was not
 * seen nothing is concluded.
 */
export function errorLogPermission(permissions: readonly Permission[] | null): string | null {
  const held = (name: string): boolean | null =>
    permissions?.find((permission) => permission.name === name)?.held ?? null;
  const newer = held('VIEW ANY ERROR LOG');
  if (newer !== null) return newer ? null : 'VIEW ANY ERROR LOG';
  return held('VIEW SERVER STATE') === false ? 'VIEW SERVER STATE' : null;
}
