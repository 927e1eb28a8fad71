import type { AssessedLink } from '../../../link/data/link.ts';
import type { ServerState } from '../../../model/server-state.ts';

/** What was seen: the link with its findings, and every server's state. */
export interface Sight {
  readonly link: AssessedLink;
  readonly servers: readonly ServerState[];
}

/** A statement that may be shown for this server, with what speaks for it; or why it may not. */
export type Earned =
  | { readonly isEarned: true; readonly server: string; readonly text: string }
  | { readonly isEarned: false; readonly text: string };

export function refused(text: string): Earned {
  return { isEarned: false, text };
}

export function earned(server: string, text: string): Earned {
  return { isEarned: true, server, text };
}
