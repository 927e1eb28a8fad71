import { quoteName } from '../text/tsql.ts';

/** How the login of a script comes to be. */
export const loginKinds = ['sql', 'windows', 'entra'] as const;

export type LoginKind = (typeof loginKinds)[number];

/** In words, for errors. */
export const kindTitles: { readonly [Kind in LoginKind]: string } = {
  sql: 'login of its own',
  windows: 'Windows login by NTLM',
  entra: 'login of Entra ID',
};

/** The login that a script is for. */
export interface ScriptLogin {
  readonly kind: LoginKind;
  /** As the server knows it: `milink`, `CORP\svc-milink`, or the display name of an application or identity. */
  readonly name: string;
}

/** What creates it, below the words that say what to know first. */
export function creationOf({ kind, name }: ScriptLogin): { readonly words: readonly string[]; readonly sql: string } {
  const quoted = quoteName(name);
  switch (kind) {
    case 'sql':
      return {
        words: ['A login of the server itself. Put a long password of its own here, and nowhere else in clear.'],
        sql: `CREATE LOGIN ${quoted} WITH PASSWORD = N'<password>', DEFAULT_DATABASE = [master];`,
      };
    case 'windows':
      return {
        words: ['An account of a Windows domain, which has to exist there.'],
        sql: `CREATE LOGIN ${quoted} FROM WINDOWS WITH DEFAULT_DATABASE = [master];`,
      };
    case 'entra':
      return {
        words: [
          'The display name of the application or the managed identity in Entra ID. A Microsoft Entra administrator of',
          "the server runs this. The server's own identity has to be allowed to look names up in the directory.",
        ],
        sql: `CREATE LOGIN ${quoted} FROM EXTERNAL PROVIDER;`,
      };
  }
}
