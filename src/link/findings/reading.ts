import type { ViewName } from '../../model/snapshot.ts';
import type { Finding } from '../data/finding.ts';
import { listText } from '../words.ts';
import type { Evidence } from './evidence.ts';
import { finding } from './finding.ts';

/** What each view tells of a link, to complete `not known`. A view without a line feeds no finding. */
const feeds = {
  permissions: 'which rights the login has',
  availability_groups: 'which links it carries',
  availability_replicas: 'the members of its groups',
  availability_replica_states: 'role, connection and health',
  physical_seeding_stats: 'how far a seeding has come',
  automatic_seeding: 'whether a seeding runs or has failed',
  database_mirroring_endpoints: 'whether its endpoint accepts the next connection',
  tcp_endpoints: 'where its endpoint listens',
  certificates: 'when its certificates end',
  databases: 'the state of its databases',
  database_replica_states: 'how its copies of the databases are',
} as const satisfies Readonly<Partial<Record<ViewName, string>>>;

const fedViews = Object.keys(feeds) as readonly (keyof typeof feeds)[];

/** Each end that answered with a view that could not be read, and what is not known for it. */
export function viewsNotRead({ pairing, absence, servers }: Evidence): readonly Finding[] {
  const names = [
    ...pairing.ends.map(({ server }) => server),
    ...absence.unseen.filter(({ why }) => why === 'view_failed').map(({ server }) => server),
  ];
  return names.flatMap((server) => {
    const outcome = servers.get(server)?.outcome;
    if (outcome?.kind !== 'ok') return [];
    const failed = fedViews.filter((view) => outcome.snapshot.views[view] === null);
    if (failed.length === 0) return [];
    const unknown = listText(failed.map((view) => feeds[view]));
    const text = `${server} answered, but ${listText(failed)} could not be read. Not known for that: ${unknown}.`;
    return [finding('view_not_read', { server, text })];
  });
}

/** Each end whose server has more databases than the limits of the configuration show: some of the link may be among them. */
export function databasesLeftOut({ pairing }: Evidence): readonly Finding[] {
  return pairing.ends.flatMap(({ server, hasMoreDatabases }) => {
    if (hasMoreDatabases !== true) return [];
    const text = `${server} has more databases than the limits of the configuration show: those of the link that are not shown are not judged.`;
    return [finding('databases_left_out', { server, text })];
  });
}
