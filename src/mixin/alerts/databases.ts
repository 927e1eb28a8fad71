import {
  databaseEstimatedDataLossSeconds,
  databaseLogReuseWait,
  databaseSecondaryLagSeconds,
} from '../../metrics/families/database.ts';
import { databaseSuspended } from '../../metrics/families/database-state.ts';
import { linkDatabasePresent } from '../../metrics/families/link-database.ts';
import { replicaRole } from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { byDatabase, databaseText, onLink, selectFor, verdictIs } from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance', 'database'] } as const;

function suspended(settings: Settings): AlertRule {
  return {
    name: 'MilinkDatabaseSuspended',
    severity: 'warning',
    expression: `max ${byDatabase} (${selectFor(settings)(databaseSuspended)}) == 1`,
    for: '5m',
    keepFiringFor: '5m',
    why: `for: a change of role suspends for seconds, and who suspends on purpose resumes soon; that the link is not healthy is
      paged before. keep_firing_for: an end that goes down takes the series with it.`,
    summary: 'The data movement of a database is suspended.',
    description: `Data movement of database ${databaseText} is suspended{{ with printf "${databaseSuspended.name}{link=%q,database=%q} == 1" $labels.link $labels.database | query | sortByLabel "server" }} ({{ . | first | label "reason" }}, says {{ . | first | label "server" }}){{ end }}. Its copy falls behind and the log of the primary grows.`,
    dashboard,
  };
}

function missing(settings: Settings): AlertRule {
  return {
    name: 'MilinkDatabaseMissing',
    severity: 'warning',
    expression: `max ${byDatabase} (${selectFor(settings)(linkDatabasePresent)}) == 0`,
    for: '5m',
    why: `for: a change of role may hide the rows of a database for a poll or two. No keep_firing_for: when the primary end can't be
      asked, the database is no longer known to be missing.`,
    summary: 'A database that the link should carry is not in it.',
    description: `Database ${databaseText} is in the configuration of the exporter, and the primary end does not show it in the link: it is not protected.`,
    dashboard,
  };
}

function lagHigh(settings: Settings): AlertRule {
  return {
    name: 'MilinkDatabaseLagHigh',
    severity: 'warning',
    expression: `max ${byDatabase} (${selectFor(settings)(databaseSecondaryLagSeconds)}) > ${settings.lagSeconds}`,
    for: '5m',
    keepFiringFor: '5m',
    why: `for: a large transaction or the catching up after a reconnect passes. keep_firing_for: an end that goes down takes the
      series with it.`,
    summary: 'The copy of a database is far behind.',
    description: `The copy of database ${databaseText} is {{ $value | humanizeDuration }} behind its primary.`,
    dashboard,
  };
}

/** Computed from commits, not from `secondary_lag_seconds`: that one may read 0 while data movement is suspended. */
function dataLoss(settings: Settings): AlertRule {
  const loss = selectFor(settings)(databaseEstimatedDataLossSeconds);
  return {
    name: 'MilinkDataLossOverObjective',
    severity: 'warning',
    expression: [
      `max ${byDatabase} (${loss}) > ${settings.dataLossSeconds}`,
      `unless ${onLink} ${verdictIs(settings, ['split_brain', 'seeding'])}`,
    ].join('\n'),
    for: '5m',
    keepFiringFor: '5m',
    why: `for: the copy catches up after a large transaction or a reconnect. keep_firing_for: an end that goes down takes the series
      with it.`,
    summary: 'A forced failover would lose more than the objective allows.',
    description: `A forced failover now would lose the last {{ $value | humanizeDuration }} of commits of database ${databaseText}.`,
    dashboard,
  };
}

/** Of the primary's own log: with the state of the secondary's it has nothing to do. */
function truncationBlocked(settings: Settings): AlertRule {
  const select = selectFor(settings);
  const wait = select(databaseLogReuseWait, { reason: 'AVAILABILITY_REPLICA' });
  const isPrimary = `max by (link, managed_instance, server) (${select(replicaRole, { role: 'PRIMARY' })}) == 1`;
  return {
    name: 'MilinkLogTruncationBlocked',
    severity: 'warning',
    expression: [
      `max by (link, managed_instance, database, server) (${wait}) == 1`,
      `and on (link, managed_instance, server) ${isPrimary}`,
      `unless ${onLink} ${verdictIs(settings, ['seeding'])}`,
    ].join('\n'),
    for: '30m',
    keepFiringFor: '5m',
    why: `for: under load a log waits for its copy now and then between two log backups, which are some minutes apart; the first copy
      holds the log as long as it takes. keep_firing_for: an end that goes down takes the series with it.`,
    summary: 'A log can not be truncated because of the link.',
    description: `The log of database ${databaseText} on {{ $labels.server }} can't be truncated, because it waits for the other end (log_reuse_wait_desc AVAILABILITY_REPLICA). It grows until the other end has caught up or the disk is full.`,
    dashboard: { ...dashboard, labels: [...dashboard.labels, 'server'] },
  };
}

/** The copies of the databases: their movement, how far behind they are, and what that does to the log. */
export function databaseAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-databases',
    rules: [suspended(settings), missing(settings), lagHigh(settings), dataLoss(settings), truncationBlocked(settings)],
  };
}
