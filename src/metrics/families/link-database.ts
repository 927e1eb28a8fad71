import type { LinkDatabase } from '../../link/database.ts';
import { type Family, family, type State } from '../family.ts';
import { flag, known } from './state-set.ts';

const labels = ['link', 'managed_instance', 'database'] as const;

interface Named {
  readonly labels: { readonly link: string; readonly managed_instance: string; readonly database: string };
  readonly database: LinkDatabase;
}

function databases({ links }: State): readonly Named[] {
  return links.flatMap((link) =>
    link.databases.map((database) => ({
      labels: { link: link.name, managed_instance: link.managedInstance, database: database.name },
      database,
    })),
  );
}

export const linkDatabaseExpected = family({
  name: 'milink_link_database_expected',
  help: 'Whether the configuration of the exporter lists the database for the link: 1 or 0. Absent for a link whose databases it does not list.',
  type: 'gauge',
  labels,
  source: 'configuration',
  samples: (state) => databases(state).flatMap((each) => known(each.labels, flag(each.database.isExpected))),
});

export const linkDatabasePresent = family({
  name: 'milink_link_database_present',
  help: 'Whether the link protects the database: 1 when both ends have a copy that has joined, or one is being made; 0 where it has a copy at one end only, its first copy has failed, or the configuration lists it and the primary end does not show it. Absent where that can not be told.',
  type: 'gauge',
  labels,
  source: 'sys.dm_hadr_database_replica_states, sys.databases',
  samples: (state) => databases(state).flatMap((each) => known(each.labels, flag(each.database.isCarried))),
});

export const linkFailoverCheck = family({
  name: 'milink_link_failover_check',
  help: 'What a planned failover asks for: 1 passed, 0 failed, absent where a fact that the check needs was not seen. database is empty for the checks of the whole link.',
  type: 'gauge',
  labels: [...labels, 'check'],
  source: 'exporter',
  samples: ({ links }) =>
    links.flatMap((link) =>
      [{ name: '', failoverChecks: link.failoverChecks }, ...link.databases].flatMap(({ name, failoverChecks }) =>
        failoverChecks
          .filter(({ status }) => status !== 'unknown')
          .map(({ check, status }) => ({
            labels: { link: link.name, managed_instance: link.managedInstance, database: name, check },
            value: status === 'passed' ? 1 : 0,
          })),
      ),
    ),
});

export const linkFailoverReady = family({
  name: 'milink_link_failover_ready',
  help: 'Whether a planned failover of the database may start: 1 when every check of milink_link_failover_check passed, 0 as soon as one failed, absent while one is not known. Under load it is 0, as the workload has to be stopped first.',
  type: 'gauge',
  labels,
  source: 'exporter',
  samples: (state) => databases(state).flatMap((each) => known(each.labels, flag(each.database.isFailoverReady))),
});

/** The databases of a link, from both ends: `server` is no label here. */
export const linkDatabaseFamilies: readonly Family[] = [
  linkDatabaseExpected,
  linkDatabasePresent,
  linkFailoverCheck,
  linkFailoverReady,
];
