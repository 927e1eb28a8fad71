import type { Failure } from '../model/failure-reason.ts';
import type { Permission } from '../model/server.ts';
import type { ViewName } from '../model/snapshot.ts';
import { needs, type Target, targetTitles } from './need.ts';

/** What a look at a server with the exporter's own login gave. */
export interface LoginLook {
  readonly target: Target;
  /** Null: they could not be read, so that nothing is known of them. */
  readonly permissions: readonly Permission[] | null;
  /** The views that could not be read, each with the object in sys behind it; null: it reads none. */
  readonly failures: readonly { readonly view: ViewName; readonly source: string | null; readonly failure: Failure }[];
}

/** What the login lacks. */
interface MissingRights {
  readonly permissions: readonly string[];
  /** Objects that the server refused although nothing above is missing, with the server's words. */
  readonly refused: readonly { readonly source: string; readonly message: string }[];
  /** Permissions that the server does not name, and views that failed for another reason: nothing is known of them. */
  readonly unknown: readonly { readonly source: string; readonly message: string }[];
}

/** Asked for on a managed instance only, whose certificate is read from the other end too: nice to have. */
const optional: ReadonlySet<ViewName> = new Set(['endpoint_certificate']);

/** Compares what a login may with what the exporter needs. */
export function missingRights(look: LoginLook, isErrorLogRead: boolean): MissingRights {
  const held = new Map(look.permissions?.map((permission) => [permission.name, permission.held]));
  const lacking = needs[look.target]
    .filter(({ isForErrorLog }) => isErrorLogRead || !isForErrorLog)
    .filter(({ permission, orElse }) => ![permission, ...orElse].some((name) => held.get(name) === true))
    .map(({ permission }) => permission);
  const permissions = lacking.filter((permission) => held.get(permission) === false);
  const nameless = look.permissions === null ? [] : lacking.filter((permission) => held.get(permission) !== false);
  const failures = look.failures.filter(({ view }) => !optional.has(view));
  const isRefused = ({ failure }: (typeof failures)[number]): boolean => failure.reason === 'permission';
  const told = ({ view, source, failure }: (typeof failures)[number]): { source: string; message: string } => {
    return { source: source ?? view, message: failure.message };
  };
  return {
    permissions,
    refused: permissions.length > 0 ? [] : failures.filter(isRefused).map(told),
    unknown: [
      ...nameless.map((permission) => ({ source: permission, message: 'the server knows no permission of this name' })),
      ...failures.filter((each) => !isRefused(each)).map(told),
    ],
  };
}

/** Null: it can't be told, as the permissions could not be read or a view failed for another reason. */
export function isComplete(look: LoginLook, missing: MissingRights): boolean | null {
  if (missing.permissions.length > 0 || missing.refused.length > 0) return false;
  return look.permissions === null || missing.unknown.length > 0 ? null : true;
}

/** What stands above a script: all of it as comments, so that the whole can be given to sqlcmd. */
interface ScreenHead {
  /** The name of the server in the configuration. */
  readonly server: string;
  readonly target: Target;
  readonly version: string;
  readonly missing: MissingRights;
  /** Null: it can't be told. */
  readonly isComplete: boolean | null;
}

/** What the login of a server lacks now, as comments. */
export function headLines({ server, target, version, missing, isComplete }: ScreenHead): readonly string[] {
  const lines = [
    `${server}: ${targetTitles[target]}, version ${version}`,
    ...missing.permissions.map((permission) => `missing now: ${permission}`),
    ...missing.refused.map(({ source, message }) => `refused now: ${source}: ${message}`),
    ...(missing.refused.length > 0 ? ['a DENY outweighs every GRANT: look for one on these objects'] : []),
    ...missing.unknown.map(({ source, message }) => `could not be looked at: ${source}: ${message}`),
    ...(isComplete === true ? ['nothing is missing: the script below says what the login needs'] : []),
    ...(isComplete === null && missing.unknown.length === 0 ? ['its permissions could not be read'] : []),
  ];
  // A server's words may hold anything, a line's end too.
  return [...lines.map((line) => `-- ${line.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}`), ''];
}
