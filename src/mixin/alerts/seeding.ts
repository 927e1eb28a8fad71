import { seedingFailed, seedingStalled } from '../../metrics/families/seeding.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { byDatabase, databaseText, linkText, selectFor, verdictIs } from './link-series.ts';

const dashboard = { uid: 'milink-seeding', labels: ['link', 'managed_instance', 'database'] } as const;

/** The number is looked up for the text: the two ends may have different ones, and it is one failure. */
const errorText = `{{ with printf "${seedingFailed.name}{link=%q,database=%q,error!=''}" $labels.link $labels.database | query }} (error {{ . | first | label "error" }}){{ end }}`;

function failed(settings: Settings): AlertRule {
  return {
    name: 'MilinkSeedingFailed',
    severity: 'critical',
    expression: `max ${byDatabase} (${selectFor(settings)(seedingFailed)}) == 1`,
    for: '1m',
    keepFiringFor: '5m',
    why: `for: the server itself tries again, and its next attempt takes the place of this one. keep_firing_for: between two attempts
      there is a moment without either, and an end that goes down takes the series with it.`,
    summary: 'The first copy of a database has failed.',
    description: `The newest attempt to seed database ${databaseText} failed${errorText}: the link does not protect it. Seeding starts from the beginning.`,
    dashboard,
  };
}

function stalled(settings: Settings): AlertRule {
  return {
    name: 'MilinkSeedingStalled',
    severity: 'warning',
    expression: `max ${byDatabase} (${selectFor(settings)(seedingStalled)}) == 1`,
    for: '5m',
    why: `for: the exporter calls a transfer stalled after 300 s without a byte; twice that is no pause of a disk or of the network. No
      keep_firing_for: one byte that moves ends it.`,
    summary: 'The first copy of a database does not move.',
    description: `No byte of the seeding of database ${databaseText} has moved for ten minutes. The link is given up after six days, and seeding that is interrupted starts from the beginning.`,
    dashboard,
  };
}

function running(settings: Settings): AlertRule {
  return {
    name: 'MilinkSeedingRunning',
    severity: 'info',
    expression: verdictIs(settings, ['seeding']),
    for: '1m',
    why: `for: a small database is copied in seconds, which needs no record. No keep_firing_for: it says what is so now.`,
    summary: 'A link is being seeded.',
    description: `The databases of link ${linkText} are being copied for the first time. Until that is done they are not protected, an interruption starts it over, and the log of the primary grows.`,
    dashboard: { uid: 'milink-seeding', labels: ['link', 'managed_instance'] },
  };
}

/** The first copy of the databases. */
export function seedingAlerts(settings: Settings): RuleGroup<AlertRule> {
  return { name: 'milink-seeding', rules: [failed(settings), stalled(settings), running(settings)] };
}
