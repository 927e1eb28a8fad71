import type { DatabaseReplicaState } from '../model/database.ts';
import { suspendReasons } from '../model/suspend-reason.ts';
import type { DatabaseEnd } from './database.ts';
import type { FoundDatabase } from './databases.ts';
import type { VerdictReason } from './link.ts';

/** One reason per copy whose data movement is suspended. */
export function suspensions(databases: readonly FoundDatabase[]): readonly VerdictReason[] {
  return databases.flatMap((database) =>
    database.ends.flatMap((end) =>
      copiesOf(end)
        .filter(({ row }) => row.isSuspended === true)
        .map(({ row, which }) => suspended(database, `${end.server} says that ${which}`, row)),
    ),
  );
}

function suspended({ name }: FoundDatabase, who: string, { suspendReason }: DatabaseReplicaState): VerdictReason {
  const known = suspendReasons.find((reason) => reason.name === suspendReason);
  const meaning = known === undefined ? '' : ` ${known.meaning}`;
  const text = `${who} of database ${name} has its data movement suspended: ${suspendReason ?? 'no reason is given'}.${meaning}`;
  return { code: 'database_suspended', text };
}

/** One reason per copy that its server does not call HEALTHY; a copy that says nothing is no reason. */
export function unhealthyDatabases(databases: readonly FoundDatabase[]): readonly VerdictReason[] {
  return databases.flatMap((database) =>
    database.ends.flatMap((end) =>
      copiesOf(end)
        .filter(({ row }) => row.synchronizationHealth !== null && row.synchronizationHealth !== 'HEALTHY')
        .map(({ row, which }) => {
          const state = row.synchronizationState ?? 'in a state that is not reported';
          const text = `${end.server} says that ${which} of database ${database.name} is ${row.synchronizationHealth} and ${state}.`;
          return { code: 'database_not_healthy', text } as const;
        }),
    ),
  );
}

/** What differs between the databases of the link and those that the configuration lists. */
export function unexpectedDatabases(databases: readonly FoundDatabase[]): readonly VerdictReason[] {
  return databases.flatMap(({ name, isExpected, isPresent }): readonly VerdictReason[] => {
    if (isExpected === true && isPresent === false) {
      const text = `database ${name} is configured and not in the link: it was removed from the availability group, or never added.`;
      return [{ code: 'database_missing', text }];
    }
    if (isExpected === false) {
      const text = `database ${name} is in the link and not among the databases that are configured for it.`;
      return [{ code: 'database_unexpected', text }];
    }
    return [];
  });
}

function copiesOf({ local, partner }: DatabaseEnd): readonly { row: DatabaseReplicaState; which: string }[] {
  return [
    ...(local === null ? [] : [{ row: local, which: 'its own copy' }]),
    ...(partner === null ? [] : [{ row: partner, which: "its partner's copy" }]),
  ];
}
