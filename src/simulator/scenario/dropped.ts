import type { LinkState } from '../world/state.ts';
import { type EndName, type LinkIdentity, otherEnd } from '../world/topology.ts';
import { connectionTimeout, copyAsOf, healthyLink, linkWith, withPrimary } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

/**
 * Links that one end or both no longer have. What a database is afterwards follows from where it was dropped (not verified on
 * a link): a primary's stays ONLINE; a managed instance keeps its copy as a database that takes writes; the copy on a SQL
 * Server that was secondary waits in RESTORING.
 */
export const droppedStages = {
  vanished: still(
    'vanished',
    'The links were dropped on both ends, and a writable copy stays on each.',
    (frame, identity) => ({
      ...healthyLink(frame, identity),
      present: { sqlServer: false, managedInstance: false },
    }),
  ),
  'dropped-at-primary': still(
    'dropped-at-primary',
    'SQL Server, the primary, has dropped its end of the link and goes on alone; the managed instance waits for it.',
    dropped({ at: 'sqlServer', primary: 'sqlServer' }),
  ),
  'dropped-at-secondary': still(
    'dropped-at-secondary',
    'The managed instance has dropped its end of the link and keeps a writable copy; SQL Server, the primary, waits for it.',
    dropped({ at: 'managedInstance', primary: 'sqlServer' }),
  ),
  'dropped-at-primary-instance': still(
    'dropped-at-primary-instance',
    'The managed instance, the primary, has dropped its end of the link and goes on alone; SQL Server waits for it.',
    dropped({ at: 'managedInstance', primary: 'managedInstance' }),
  ),
  'dropped-at-secondary-server': still(
    'dropped-at-secondary-server',
    'SQL Server, the secondary, has dropped its end of the link; the managed instance, the primary, waits for it.',
    dropped({ at: 'sqlServer', primary: 'managedInstance' }),
  ),
  'dropped-nobody-serves': still(
    'dropped-nobody-serves',
    'The links were dropped on both ends, and every copy waits in RESTORING: nobody serves the databases.',
    (frame, identity) => ({
      ...linkWith(frame, identity, {
        ...copyAsOf(frame.happenedAtMilliseconds),
        states: { sqlServer: 'RESTORING', managedInstance: 'RESTORING' },
      }),
      present: { sqlServer: false, managedInstance: false },
      quietSinceMilliseconds: frame.happenedAtMilliseconds,
    }),
  ),
} as const satisfies Record<string, Stage>;

function dropped({ at, primary }: { readonly at: EndName; readonly primary: EndName }): Stage['link'] {
  return (frame, identity) => {
    const link = withPrimary(linkWith(frame, identity, copyAsOf(frame.happenedAtMilliseconds)), primary);
    const isRestoring = at === 'sqlServer' && primary !== at;
    return {
      ...withoutEnd(link, at),
      connectErrors: errorsOfRest(frame, identity, at),
      databases: link.databases.map((database) => ({
        ...database,
        states: isRestoring ? { sqlServer: 'RESTORING' } : {},
      })),
    };
  };
}

/** A link of which an end has no group. */
export function withoutEnd(link: LinkState, end: EndName): LinkState {
  const present = { sqlServer: true, managedInstance: true };
  return { ...link, present: { ...present, [end]: false } };
}

/** The end that still has the link has lost its connection. */
export function errorsOfRest(frame: Frame, identity: LinkIdentity, dropped: EndName): LinkState['connectErrors'] {
  const rest = otherEnd(dropped);
  const none = { sqlServer: null, managedInstance: null };
  return { ...none, [rest]: connectionTimeout(identity, frame.happenedAtMilliseconds)[rest] };
}
