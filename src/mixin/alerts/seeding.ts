import { seedingFailed, seedingStalled } from '../../metrics/families/seeding.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByServer } from '../evidence/said.ts';
import { openIn, type Watch } from '../evidence/watch.ts';
import {
  databaseKeys,
  databaseText,
  groupText,
  linkIsSeen,
  linkKeys,
  linkText,
  selectFor,
  verdictIs,
  verdictIsNot,
} from './link-series.ts';

const dashboard = { uid: 'milink-seeding', labels: ['link', 'managed_instance', 'database'] } as const;

/** The number is looked up for the text: the two ends may have different ones, and it is one failure. */
function errorText(settings: Settings): string {
  const query = groupText(settings, seedingFailed, { labels: databaseKeys, by: 'error', matchers: "error!=''" });
  return `{{ with ${query} | query | sortByLabel "error" }} (error {{ . | first | label "error" }}){{ end }}`;
}

function failed(settings: Settings): Watch {
  const id = { name: 'MilinkSeedingFailed', severity: 'critical', keys: databaseKeys } as const;
  return {
    ...id,
    wrong: saidByServer(settings, databaseKeys, `${selectFor(settings)(seedingFailed)} == 1`),
    right: openIn(settings, id, { labels: linkKeys, expression: linkIsSeen(settings) }),
    wait: '1m',
    why: 'The server itself tries again, and its next attempt takes the place of this one.',
    summary: 'The first copy of a database has failed.',
    description: `The newest attempt to seed database ${databaseText} failed${errorText(settings)}: the link does not protect it. Seeding starts from the beginning. First look the error up in docs/errors.md, and never drop what is at the primary.`,
    silences: '',
    dashboard,
  };
}

function stalled(settings: Settings): Watch {
  const rows = selectFor(settings)(seedingStalled);
  const id = { name: 'MilinkSeedingStalled', severity: 'warning', keys: databaseKeys } as const;
  return {
    ...id,
    wrong: saidByServer(settings, databaseKeys, `${rows} == 1`),
    right: openIn(settings, id, { labels: linkKeys, expression: linkIsSeen(settings) }),
    wait: '5m',
    why: 'The exporter calls a transfer stalled after 300 s without a byte; twice that is no pause of a disk or of the network.',
    summary: 'The first copy of a database does not move.',
    description: `No byte of the seeding of database ${databaseText} has moved for ten minutes. The link is given up after six days, and seeding that is interrupted starts from the beginning. First see which end waits, its disks or the network.`,
    silences: '',
    dashboard,
  };
}

function running(settings: Settings): Watch {
  return {
    name: 'MilinkSeedingRunning',
    severity: 'info',
    keys: linkKeys,
    wrong: verdictIs(settings, ['seeding']),
    right: verdictIsNot(settings, ['seeding', 'unknown', 'primary_unreachable']),
    wait: '1m',
    why: 'A small database is copied in seconds, which needs no record.',
    summary: 'A link is being seeded.',
    description: `The databases of link ${linkText} are being copied for the first time. Until that is done they are not protected, an interruption starts it over, and the log of the primary grows.`,
    silences: 'A worse verdict on the link.',
    dashboard: { uid: 'milink-seeding', labels: ['link', 'managed_instance'] },
  };
}

/** The first copy of the databases. */
export function seedingAlerts(settings: Settings): WatchGroup {
  return { name: 'milink-seeding', watches: [failed(settings), stalled(settings), running(settings)] };
}
