import { linkFinding } from '../../../metrics/families/link.ts';
import type { Settings } from '../../config.ts';
import type { WatchGroup } from '../../evidence/group.ts';
import { saidByExporter } from '../../evidence/said.ts';
import { reachedServer } from '../../evidence/series.ts';
import { openIn, type Watch } from '../../evidence/watch.ts';
import { linkKeys, selectFor, verdictIsNot } from '../link-series.ts';
import type { FindingAlert } from './alert.ts';
import { databaseFindingAlerts } from './databases.ts';
import { linkFindingAlerts } from './links.ts';

/** Every alert that is a kind of finding, the worst subject first. */
export const alertsOfFindings: readonly FindingAlert[] = [...linkFindingAlerts, ...databaseFindingAlerts];

function findingWatch(settings: Settings, { findings, ...alert }: FindingAlert): Watch {
  const finding = findings.length === 1 ? findings[0] : { matches: findings.join('|') };
  const seen = alert.keys.includes('server')
    ? { labels: ['server'], expression: reachedServer.name }
    : { labels: linkKeys, expression: verdictIsNot(settings, ['unknown', 'primary_unreachable', 'missing']) };
  const linkSeen = { labels: linkKeys, expression: verdictIsNot(settings, ['unknown', 'missing']) };
  return {
    ...alert,
    wrong: saidByExporter(settings, alert.keys, `${selectFor(settings)(linkFinding, { finding })} == 1`),
    right: [
      openIn(settings, alert, seen),
      // What is about no end in particular is well when the link is seen without it.
      ...(alert.keys.includes('server') ? [`or ${openIn(settings, alert, linkSeen)}`] : []),
    ].join('\n'),
    silences: '',
  };
}

/** What the exporter finds by judging both ends together, where no figure or state says it alone. */
export function findingAlerts(settings: Settings): WatchGroup {
  return { name: 'milink-findings', watches: alertsOfFindings.map((alert) => findingWatch(settings, alert)) };
}
