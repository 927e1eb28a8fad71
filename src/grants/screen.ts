import type { MissingRights } from './missing.ts';
import { type Target, targetTitles } from './target.ts';

/** What stands above a script: all of it as comments, so that the whole can be given to sqlcmd. */
export interface ScreenHead {
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
