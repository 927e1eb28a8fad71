import type { LinkDatabase } from '../../link/data/database.ts';
import { type Family, family } from '../family.ts';
import { flag, known, madeOf, oncePerState } from './made-of.ts';

const labels = ['link', 'managed_instance', 'database'] as const;

interface Named {
  readonly labels: { readonly link: string; readonly managed_instance: string; readonly database: string };
  readonly database: LinkDatabase;
}

const databases = oncePerState(({ links }): readonly Named[] =>
  links.flatMap((link) =>
    link.databases.map((database) => ({
      labels: { link: link.name, managed_instance: link.managedInstance, database: database.name },
      database,
    })),
  ),
);

/** Samples that are made of one value of each database. */
function ofEach(value: (database: LinkDatabase) => boolean | null) {
  return madeOf(
    databases,
    ({ labels: { link, managed_instance, database: name }, database }) =>
      [link, managed_instance, name, value(database)] as const,
    (link, managed_instance, database, told) => known({ link, managed_instance, database }, flag(told)),
  );
}

export const linkDatabaseExpected = family({
  name: 'milink_link_database_expected',
  help: 'Whether the configuration of the exporter lists the database for the link: 1 or 0. Absent for a link whose databases it does not list.',
  type: 'gauge',
  labels,
  source: 'configuration',
  ...ofEach(({ isExpected }) => isExpected),
});

export const linkDatabasePresent = family({
  name: 'milink_link_database_present',
  help: 'Whether the link protects the database: 1 when both ends have a copy that has joined, or one is being made; 0 where it has a copy at one end only, its first copy has failed, or the configuration lists it and the primary end does not show it. Absent where that can not be told.',
  type: 'gauge',
  labels,
  source: 'sys.dm_hadr_database_replica_states, sys.databases',
  ...ofEach(({ isCarried }) => isCarried),
});

export const linkFailoverCheck = family({
  name: 'milink_link_failover_check',
  help: 'What a planned failover asks for: 1 passed, 0 failed, absent where a fact that the check needs was not seen. database is empty for the checks of the whole link.',
  type: 'gauge',
  labels: [...labels, 'check'],
  source: 'exporter',
  ...madeOf(
    ({ links }) =>
      links.flatMap((link) =>
        [{ name: '', failoverChecks: link.failoverChecks }, ...link.databases].flatMap(({ name, failoverChecks }) =>
          failoverChecks.map((each) => ({ ...each, link, name })),
        ),
      ),
    ({ link, name, check, status }) => [link.name, link.managedInstance, name, check, status] as const,
    (link, managed_instance, database, check, status) =>
      status === 'unknown'
        ? []
        : [{ labels: { link, managed_instance, database, check }, value: status === 'passed' ? 1 : 0 }],
  ),
});

export const linkFailoverReady = family({
  name: 'milink_link_failover_ready',
  help: 'Whether a planned failover of the database may start: 1 when every check of milink_link_failover_check passed, 0 as soon as one failed, absent while one is not known. Under load it is 0, as the workload has to be stopped first.',
  type: 'gauge',
  labels,
  source: 'exporter',
  ...ofEach(({ isFailoverReady }) => isFailoverReady),
});

/** The databases of a link, from both ends: `server` is no label here. */
export const linkDatabaseFamilies: readonly Family[] = [
  linkDatabaseExpected,
  linkDatabasePresent,
  linkFailoverCheck,
  linkFailoverReady,
];
