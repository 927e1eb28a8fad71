import type { LoginKind } from './login.ts';
import { grantScript } from './script.ts';
import { type Target, targets } from './target.ts';

/** The ways to log in that each kind of server has. */
export const kindsOf: { readonly [Name in Target]: readonly LoginKind[] } = {
  'sql-server-2016': ['sql', 'windows'],
  'sql-server-2022': ['sql', 'windows', 'entra'],
  'managed-instance': ['sql', 'entra'],
};

/** The name of the login in scripts that know no configuration. */
export const loginNames: { readonly [Kind in LoginKind]: string } = {
  sql: 'milink',
  windows: 'CORP\\svc-milink',
  entra: 'milink-exporter',
};

/** The scripts of deploy/sql; the path is from the root of the project. */
export function scriptFiles(): readonly { readonly path: string; readonly content: string }[] {
  const source = '-- Generated from src/grants by `npm run generate`: edit that, not this file.\n';
  return targets.flatMap((target) =>
    kindsOf[target].map((kind) => ({
      path: `deploy/sql/${target}-${kind}.sql`,
      content: source + grantScript({ target, login: { kind, name: loginNames[kind] }, isErrorLogRead: false }),
    })),
  );
}
