import {
  databaseEstimatedDataLossSeconds,
  databaseLogReuseWait,
  databaseSecondaryLagSeconds,
} from '../../metrics/families/database.ts';
import { databaseSuspended } from '../../metrics/families/database-state.ts';
import { linkFinding } from '../../metrics/families/link.ts';
import { linkDatabasePresent } from '../../metrics/families/link-database.ts';
import type { Family } from '../../metrics/family.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByExporter, saidByServer } from '../evidence/said.ts';
import { databaseBeingSeeded, primaryEnd } from '../evidence/series.ts';
import { openIn, type Watch } from '../evidence/watch.ts';
import { by, on } from '../promql.ts';
import { databaseKeys, databaseText, linkIsSeen, linkKeys, queryText, selectFor, verdictIs } from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance', 'database'] } as const;

/** What the ends say of a figure: over its limit, and not. */
function overLimit(settings: Settings, family: Family, limit: string): Pick<Watch, 'wrong' | 'right'> {
  const figure = selectFor(settings)(family);
  return {
    wrong: saidByServer(settings, databaseKeys, `${figure} > ${limit}`),
    right: saidByServer(settings, databaseKeys, `${figure} <= ${limit}`),
  };
}

/** The greatest figure of the alert's database as any exporter has it now, for a text. */
export function worstText(settings: Settings, family: Family, unit: string): string {
  const query = queryText(settings, family, { labels: databaseKeys }).replace(/`(.*)`/, '`max by (database) ($1)`');
  return `{{ with ${query} | query }}{{ . | first | value | ${unit} }}{{ else }}more than was asked for{{ end }}`;
}

function suspended(settings: Settings): Watch {
  const rows = selectFor(settings)(databaseSuspended);
  const query = queryText(settings, databaseSuspended, { labels: databaseKeys }).replace(/`(.*)`/, '`$1 == 1`');
  return {
    name: 'MilinkDatabaseSuspended',
    severity: 'critical',
    keys: databaseKeys,
    wrong: saidByServer(settings, databaseKeys, `${rows} == 1`),
    right: saidByServer(settings, databaseKeys, `${rows} == 0`),
    wait: '5m',
    why: 'A change of role suspends for seconds, and who suspends on purpose resumes soon; that the link is not healthy is paged before.',
    summary: 'The data movement of a database is suspended.',
    description: `Data movement of database ${databaseText} is suspended{{ with ${query} | query | sortByLabel "server" }} ({{ . | first | label "reason" }}, says {{ . | first | label "server" }}){{ end }}. Its copy falls behind and the log of the primary grows. First find out who suspended it or which error did; then resume it at the end that says so.`,
    silences: '',
    dashboard,
  };
}

function missing(settings: Settings): Watch {
  const present = selectFor(settings)(linkDatabasePresent);
  // These have alerts of their own.
  const atOneEnd = selectFor(settings)(linkFinding, {
    finding: { matches: 'database_unprotected|database_orphaned|seeding_failed' },
  });
  const id = { name: 'MilinkDatabaseMissing', severity: 'warning', keys: databaseKeys } as const;
  return {
    ...id,
    wrong: [
      saidByExporter(settings, databaseKeys, `${present} == 0`),
      `unless ${on(settings, databaseKeys)} ${saidByExporter(settings, databaseKeys, `${present} == 1`)}`,
      `unless ${on(settings, databaseKeys)} ${saidByExporter(settings, databaseKeys, `${atOneEnd} == 1`)}`,
    ].join('\n'),
    right: [
      saidByExporter(settings, databaseKeys, `${present} == 1`),
      `or (${openIn(settings, id, { labels: linkKeys, expression: linkIsSeen(settings) })}`,
      `  unless ${on(settings, databaseKeys)} group ${by(settings, databaseKeys)} (${present}))`,
    ].join('\n'),
    wait: '5m',
    why: 'A change of role may hide the rows of a database for a poll or two.',
    summary: 'A database that the link should carry is not in it.',
    description: `Database ${databaseText} is in the configuration of the exporter, and the primary end does not show it in the link: it is not protected. First see whether it exists at the primary and is in its availability group.`,
    silences: 'A database that is at one end only, or whose first copy failed: these have alerts of their own.',
    dashboard,
  };
}

function lagHigh(settings: Settings): Watch {
  return {
    name: 'MilinkDatabaseLagHigh',
    severity: 'warning',
    keys: databaseKeys,
    ...overLimit(settings, databaseSecondaryLagSeconds, settings.lagSeconds),
    wait: '5m',
    why: 'A large transaction or the catching up after a reconnect passes.',
    summary: 'The copy of a database is far behind.',
    description: `The copy of database ${databaseText} is ${worstText(settings, databaseSecondaryLagSeconds, 'humanizeDuration')} behind its primary. First see whether log waits to be sent or to be redone: the two queues say which end is slow.`,
    silences: '',
    dashboard,
  };
}

/** Computed from commits, not from `secondary_lag_seconds`: it goes on telling while data movement is suspended. */
function dataLoss(settings: Settings): Watch {
  const { wrong, right } = overLimit(settings, databaseEstimatedDataLossSeconds, settings.dataLossSeconds);
  return {
    name: 'MilinkDataLossOverObjective',
    severity: 'warning',
    keys: databaseKeys,
    wrong: [
      wrong,
      `unless ${on(settings, linkKeys)} ${verdictIs(settings, ['split_brain'])}`,
      `unless ${on(settings, databaseKeys)} ${databaseBeingSeeded.name}`,
    ].join('\n'),
    right,
    wait: '5m',
    why: 'A primary that was idle and commits again is ahead of its copy by the whole pause for a moment.',
    summary: 'A forced failover would lose more than the objective allows.',
    description: `A forced failover now would lose the last ${worstText(settings, databaseEstimatedDataLossSeconds, 'humanizeDuration')} of commits of database ${databaseText}. First see whether its copy moves at all.`,
    silences: 'A split brain, and a database whose first copy is being made.',
    dashboard,
  };
}

/** Of the primary's own log: with the state of the secondary's it has nothing to do. */
function truncationBlocked(settings: Settings): Watch {
  const select = selectFor(settings);
  const keys = [...databaseKeys, 'server'] as const;
  const waits = `${select(databaseLogReuseWait, { reason: 'AVAILABILITY_REPLICA' })} == 1`;
  const other = `${select(databaseLogReuseWait, { reason: { not: 'AVAILABILITY_REPLICA' } })} == 1`;
  return {
    name: 'MilinkLogTruncationBlocked',
    severity: 'warning',
    keys,
    wrong: [
      saidByServer(settings, keys, waits),
      `and ${on(settings, [...linkKeys, 'server'])} ${primaryEnd.name}`,
      `unless ${on(settings, databaseKeys)} ${databaseBeingSeeded.name}`,
    ].join('\n'),
    right: saidByServer(settings, keys, other),
    wait: '30m',
    why: `Under load a log waits for its copy now and then between two log backups, which are some minutes apart; the first copy holds
      the log as long as it takes.`,
    summary: 'A log can not be truncated because of a replica.',
    description: `The log of database ${databaseText} on {{ $labels.server }} can't be truncated, because it waits for a replica (log_reuse_wait_desc AVAILABILITY_REPLICA). It grows until that one has caught up or the disk is full. First see which replica holds it, the other end of the link or a node of the server's own group, and how much room the log has.`,
    silences: 'A database whose first copy is being made, and an end that is not primary.',
    dashboard: { ...dashboard, labels: [...dashboard.labels, 'server'] },
  };
}

/** The copies of the databases: their movement, how far behind they are, and what that does to the log. */
export function databaseAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-databases',
    watches: [
      suspended(settings),
      missing(settings),
      lagHigh(settings),
      dataLoss(settings),
      truncationBlocked(settings),
    ],
  };
}
