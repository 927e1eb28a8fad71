import type { DatabaseEnd } from '../../link/data/database.ts';
import type { DatabaseFigures } from '../../link/database-figures.ts';
import { canShowLinks } from '../../link/ends.ts';
import type { DatabaseReplicaState } from '../../model/database.ts';
import type { State } from '../family.ts';
import { answeredServers, ofEach, oncePerState } from './made-of.ts';

export const databaseView = 'sys.dm_hadr_database_replica_states';
export const databaseLabels = ['server', 'link', 'managed_instance', 'database'] as const;
export const copyLabels = [...databaseLabels, 'replica'] as const;
export const whichCopy =
  'replica="local" is the copy of the server itself, replica="partner" what a primary knows of the other.';

/** What names a database at one end of its link. */
export interface DatabaseLabels {
  readonly server: string;
  readonly link: string;
  readonly managed_instance: string;
  readonly database: string;
}

export interface EndOfDatabase {
  readonly labels: DatabaseLabels;
  readonly end: DatabaseEnd;
}

export interface CopyOfDatabase {
  readonly labels: DatabaseLabels & { readonly replica: 'local' | 'partner' };
  readonly row: DatabaseReplicaState;
  readonly figures: DatabaseFigures;
}

/** Each database of each link, once per end that shows it. */
export const databaseEnds = oncePerState(({ links }): readonly EndOfDatabase[] =>
  links.flatMap((link) =>
    link.databases.flatMap(({ name, ends }) =>
      ends.map((end) => ({
        labels: { server: end.server, link: link.name, managed_instance: link.managedInstance, database: name },
        end,
      })),
    ),
  ),
);

/** Each copy that an end has a row for: its own, and as the primary its partner's. */
export const databaseCopies = oncePerState((state): readonly CopyOfDatabase[] =>
  databaseEnds(state).flatMap(({ labels, end: { local, partner, figures } }) => [
    ...(local === null ? [] : [{ labels: { ...labels, replica: 'local' as const }, row: local, figures }]),
    ...(partner === null ? [] : [{ labels: { ...labels, replica: 'partner' as const }, row: partner, figures }]),
  ]),
);

/** Samples that are made of one value of each copy. */
export const ofEachCopy = ofEach(databaseCopies, ({ row }) => row);

/** Samples that are made of one value of each end's database. */
export const ofEachEnd = ofEach(databaseEnds, ({ end }) => end);

/**
 * Rows of groups that the catalog hides and no link claims, per server. Nothing where the view was not read, or where
 * groups may be withheld for want of a permission.
 */
export function rowsWithoutLink(state: State): readonly { readonly server: string; readonly count: number }[] {
  const claimed = new Set(databaseEnds(state).map(({ end, labels }) => `${labels.server} ${idOf(end)}`));
  return answeredServers(state).flatMap(({ server, snapshot }) => {
    const { availability_groups: groups, database_replica_states: rows } = snapshot.views;
    if (rows === null || !canShowLinks(snapshot)) return [];
    const shown = new Set(groups?.map(({ groupId }) => groupId));
    const hidden = rows.filter((row) => !shown.has(row.groupId));
    return [{ server, count: hidden.filter((row) => !claimed.has(`${server} ${row.groupDatabaseId}`)).length }];
  });
}

function idOf({ local, partner, own, catalog }: DatabaseEnd): string | undefined {
  return (local ?? partner ?? own ?? catalog)?.groupDatabaseId ?? undefined;
}
