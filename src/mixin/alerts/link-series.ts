import type { FindingCode } from '../../link/findings/kinds.ts';
import type { Verdict } from '../../link/link.ts';
import { linkFinding, linkVerdict } from '../../metrics/families/link.ts';
import { replicaRole } from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import { type Select, selectorEndingIn } from '../selector.ts';
import { otherEndJoined } from './memory.ts';

/** What a link is known by. Without `instance`, so that two exporters that see one link raise one alert. */
export const byLink = 'by (link, managed_instance)';
export const onLink = 'on (link, managed_instance)';

/** A database of a link, without `server` and `replica`: both ends report one suspension, and a queue is one whoever tells it. */
export const byDatabase = 'by (link, managed_instance, database)';

/** A link and a database of a link in a description. */
export const linkText = '{{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}';
export const databaseText = `{{ $labels.database }} of link ${linkText}`;

/** A writer of the selectors of the alert rules. */
export function selectFor(settings: Settings): Select {
  return selectorEndingIn(settings.selector);
}

/** Links with one of these verdicts, as any exporter has it. */
export function verdictIs(settings: Settings, verdicts: readonly [Verdict, ...Verdict[]]): string {
  const [first, ...others] = verdicts;
  const verdict = others.length === 0 ? first : { matches: verdicts.join('|') };
  return `max ${byLink} (${selectFor(settings)(linkVerdict, { verdict })}) == 1`;
}

/** Links with one of these reasons in the verdict of any exporter. */
export function reasonIs(settings: Settings, reasons: readonly [FindingCode, ...FindingCode[]]): string {
  const [first, ...others] = reasons;
  const reason = others.length === 0 ? first : { matches: reasons.join('|') };
  return `max ${byLink} (${selectFor(settings)(linkFinding, { finding: reason })}) == 1`;
}

/** Links of which any exporter sees a primary end: what another exporter can't see is then no news. */
export function primaryIsSeen(settings: Settings): string {
  return `max ${byLink} (${selectFor(settings)(replicaRole, { role: 'PRIMARY' })}) == 1`;
}

/**
 * Links that are just being made: the primary end has the group, the other end has not joined and never had. Until it
 * joins, the primary end reports it disconnected and not healthy (Microsoft's guide to configuring a link says so too).
 */
export function isBeingMade(settings: Settings): string {
  const halfMade = reasonIs(settings, ['other_end_has_no_row', 'no_partner_row']);
  return `${halfMade} unless ${onLink} ${selectFor(settings)(otherEndJoined)}`;
}

/** Moves an expression to the right, to stand in parentheses. */
export function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

/** The codes of the reasons of a link's verdict, for a text: ` (partner_not_healthy, database_suspended)`. */
export const reasonsText = `{{ with printf "group by (finding) (${linkFinding.name}{link=%q,managed_instance=%q})" $labels.link $labels.managed_instance | query | sortByLabel "finding" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}`;
