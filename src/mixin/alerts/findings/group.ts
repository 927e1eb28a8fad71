import type { FindingCode } from '../../../link/findings/kinds.ts';
import { linkFinding } from '../../../metrics/families/link.ts';
import type { Settings } from '../../config.ts';
import type { WatchGroup } from '../../evidence/group.ts';
import { saidByExporter } from '../../evidence/said.ts';
import { reachedServer, secondaryEnd } from '../../evidence/series.ts';
import { type Key, openIn, type Watch } from '../../evidence/watch.ts';
import { indented, on } from '../../promql.ts';
import { linkKeys, selectFor, verdictIsNot } from '../link-series.ts';
import { databaseFindingAlerts } from './databases.ts';
import { azureFindingAlerts, type FindingAlert, linkFindingAlerts } from './links.ts';

/** Every alert that is a kind of finding, the worst subject first. */
const alertsOfFindings: readonly FindingAlert[] = [
  ...linkFindingAlerts,
  ...databaseFindingAlerts,
  ...azureFindingAlerts,
];

/** When it was last said that any of these holds. */
function said(settings: Settings, keys: readonly Key[], findings: readonly FindingCode[]): string {
  const [only, ...more] = findings;
  const finding = more.length === 0 && only !== undefined ? only : { matches: findings.join('|') };
  return saidByExporter(settings, keys, `${selectFor(settings)(linkFinding, { finding })} == 1`);
}

function wrongOf(settings: Settings, { findings, echo, keys }: FindingAlert): string {
  if (echo === undefined) return said(settings, keys, findings);
  const others = findings.filter((code) => code !== echo.of);
  return [
    said(settings, keys, others),
    `or (${indented(said(settings, keys, [echo.of]))}`,
    `  unless ${on(settings, [...linkKeys, 'server'])} (${secondaryEnd.name}`,
    `    and ${on(settings, linkKeys)} ${indented(indented(said(settings, linkKeys, echo.words)))}))`,
  ].join('\n');
}

function findingWatch(settings: Settings, kind: FindingAlert): Watch {
  const { findings: _findings, echo: _echo, ...alert } = kind;
  const seen = alert.keys.includes('server')
    ? { labels: ['server'], expression: reachedServer.name }
    : { labels: linkKeys, expression: verdictIsNot(settings, ['unknown', 'primary_unreachable', 'missing']) };
  const linkSeen = { labels: linkKeys, expression: verdictIsNot(settings, ['unknown', 'missing']) };
  return {
    ...alert,
    wrong: wrongOf(settings, kind),
    right: [
      openIn(settings, alert, seen),
      // What is about no end in particular is well when the link is seen without it.
      ...(alert.keys.includes('server') ? [`or ${openIn(settings, alert, linkSeen)}`] : []),
    ].join('\n'),
    silences: kind.echo === undefined ? '' : 'A secondary end whose copies or connection have an alert that says why.',
  };
}

/** What the exporter finds by judging both ends together, where no figure or state says it alone. */
export function findingAlerts(settings: Settings): WatchGroup {
  return { name: 'milink-findings', watches: alertsOfFindings.map((alert) => findingWatch(settings, alert)) };
}
