import type { Verdict } from '../../link/data/verdict.ts';
import { linkFinding } from '../../metrics/families/link.ts';
import type { Settings } from '../config.ts';
import { primaryEnd, verdictSaid } from '../evidence/series.ts';
import { by, type Metric, type Select, selectorEndingIn } from '../promql.ts';
import type { DashboardLink } from '../rules.ts';

/** The dashboard that shows the link, with further labels of the alert. */
export function linkDashboard(...labels: readonly ('database' | 'server')[]): DashboardLink {
  return { uid: 'milink-link', labels: ['link', 'managed_instance', ...labels] };
}

/** The end that the alert is about, in a description. */
export const endText = '{{ with $labels.server }}{{ . }}{{ else }}an end{{ end }}';

/** What a link is known by. Without `instance`, so that two exporters that see one link raise one alert. */
export const linkKeys = ['link', 'managed_instance'] as const;

/** A database of a link, without `server` and `replica`: both ends report one suspension, and a queue is one whoever tells it. */
export const databaseKeys = [...linkKeys, 'database'] as const;

/** A link and a database of a link in a description. */
export const linkText = '{{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}';
export const databaseText = `{{ $labels.database }} of link ${linkText}`;

/** A writer of the selectors of the alert rules. */
export function selectFor(settings: Settings): Select {
  return selectorEndingIn(settings.selector);
}

/** When any exporter whose word counts last gave a link one of these verdicts. */
export function verdictIs(settings: Settings, verdicts: readonly [Verdict, ...Verdict[]]): string {
  return `max ${by(settings, linkKeys)} (${verdictSaid.name}{verdict=${oneOf(verdicts)}})`;
}

/** `~"a|b"`, and `"a"` alone. */
function oneOf(verdicts: readonly string[]): string {
  return `${verdicts.length === 1 ? '' : '~'}"${verdicts.join('|')}"`;
}

/** When any exporter whose word counts last gave a link a verdict other than these. */
export function verdictIsNot(settings: Settings, verdicts: readonly [Verdict, ...Verdict[]]): string {
  return `max ${by(settings, linkKeys)} (${verdictSaid.name}{verdict!${oneOf(verdicts).replace(/^"/, '="')}})`;
}

/** When any exporter last saw a primary end: what another exporter can't see is then no news. */
export function primaryIsSeen(settings: Settings): string {
  return `max ${by(settings, linkKeys)} (${primaryEnd.name})`;
}

/** When any exporter last saw the link at all. */
export function linkIsSeen(settings: Settings): string {
  return `max ${by(settings, linkKeys)} (${verdictSaid.name})`;
}

/**
 * A query of a text: series of a metric with these labels of the alert, whatever exporter has them, and further matchers in
 * PromQL with `'` for quotes. In Go's raw quotes, since a selector of a site has quotes of its own. Values in ASCII (`%+q`):
 * PromQL reads U+FFFD, which stands in a name where half a pair stood, as a broken character.
 */
export function queryText(
  settings: Settings,
  metric: Metric,
  { labels, matchers = '' }: { readonly labels: readonly string[]; readonly matchers?: string },
): string {
  const own = labels.map((label) => `${label}=%+q`).join(',');
  const values = labels.map((label) => `$labels.${label}`).join(' ');
  const rest = matchers === '' ? '' : `,${matchers}`;
  return `printf \`${metric.name}{${settings.identityMatchers}${own}${rest}}\` ${settings.identityValues}${values}`;
}

/** The same, taken once by some labels. */
export function groupText(
  settings: Settings,
  metric: Metric,
  query: {
    readonly labels: readonly string[];
    readonly by: string;
    readonly matchers?: string;
    readonly suffix?: string;
  },
): string {
  const text = queryText(settings, metric, query);
  return text.replace(/`(.*)`/, (_, selector) => `\`group by (${query.by}) (${selector}${query.suffix ?? ''})\``);
}

/** The codes of the reasons and findings of a link, for a text: ` (partner_not_healthy, database_suspended)`. */
export function reasonsText(settings: Settings): string {
  const reasons = groupText(settings, linkFinding, { labels: linkKeys, by: 'finding' });
  return `{{ with ${reasons} | query | sortByLabel "finding" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}`;
}

/** The databases that findings of the link name, for a text. */
export function databasesText(settings: Settings): string {
  const databases = groupText(settings, linkFinding, {
    labels: linkKeys,
    by: 'database',
    matchers: "severity='critical',database!=''",
  });
  return `{{ with ${databases} | query | sortByLabel "database" }}, databases{{ range . }} {{ .Labels.database }}{{ end }}{{ end }}`;
}

/** The primary end of the link, for a text. */
export function primaryText(settings: Settings): string {
  const primaries = queryText(settings, primaryEnd, { labels: linkKeys });
  return `{{ with ${primaries} | query }}, {{ . | first | label "server" }},{{ end }}`;
}
