import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { errorInfo } from '../../metrics/families/error.ts';
import { linkFinding } from '../../metrics/families/link.ts';
import { lastSuccessTimestampSeconds, pollIntervalSeconds } from '../../metrics/families/polling.ts';
import { replicaRole } from '../../metrics/families/replica.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

/** The count, or 0 where it counts nothing; nothing where there is nothing to count from, since that is not 0. */
export function countOrZero(counted: string, of: string): string {
  return `count(${counted})\nor 0 * count(${of})`;
}

/** What a link is known by, and its legend; never by `instance`: two exporters that see one link show it once. */
export const byLink = 'by (link, managed_instance)';
export const linkName = '{{link}} {{managed_instance}}';

/**
 * The series of a chart that are the most, or the least, at its end: at 200 links a chart of all of them shows none. `by`: what
 * they are told apart by. `of` is written as it goes on, and as it is at the end, where ties are cut anywhere.
 */
export function outermost(
  which: 'topk' | 'bottomk',
  many: number,
  of: (at: Instant) => string,
  by: readonly string[] = ['link', 'managed_instance'],
): string {
  return withoutOthers(of(''), `${which}(${many}, `, of(' @ end()'), by);
}

/**
 * A query without what is there at its end and ranks behind, by a query of that end: what ended before, as a lag does when its
 * database is suspended, is not left out.
 */
export function withoutOthers(
  query: string,
  best: `${'topk' | 'bottomk'}(${number}, `,
  rank: string,
  by: readonly string[],
): string {
  return `(${query})\nunless on (${by.join(', ')})\n((${rank}) unless ${best}${rank}))`;
}

/** So many lines of a chart can be told apart, and so many of a timeline read. */
export const chartLines = 10;
export const timelineLines = 20;

/** What stands after a selector: nothing, or that its end of the range is meant. */
export type Instant = '' | ' @ end()';

/**
 * How long ago each server was last read, in the poll intervals that are configured for it: a colour that begins at so many
 * seconds would be wrong for every other interval than one.
 */
export function pollsSinceSuccess(by: readonly ('job' | 'instance' | 'server')[], at: Instant = ''): string {
  const labels = by.join(', ');
  const last = `max by (${labels}) (${select(lastSuccessTimestampSeconds, chosenServer)}${at})`;
  return `(time() - ${last})\n/ on (${labels}) max by (${labels}) (${select(pollIntervalSeconds, chosenServer)}${at})`;
}

/**
 * When the certificates that people renew end: SQL Server's own and the roots imported there. Those of the managed instance
 * (there `endpoint`, on SQL Server `partner`) are renewed by Azure.
 */
function renewedByPeople(server: Partial<typeof chosenServer>, at: Instant = ''): string {
  const expiry = select(certificateExpiryTimestampSeconds, { ...server, usage: { not: 'partner' } });
  return `min by (server) (${expiry}${at})\n  and on (server) ${select(serverInfo, { engine: 'sql_server' })}${at}`;
}

/** Days, as people count them to a renewal: Grafana's own unit would turn 40 of them into weeks. */
export const days = 'suffix: days';

/** Days until the first of them ends, at any chosen server. */
export const firstCertificateEndsIn = `(min(\n  ${renewedByPeople(chosenServer)}\n) - time()) / 86400`;

/** The same for each link, over the servers that are its ends: certificates belong to servers, not to links. */
export function certificateOfLinkEndsIn(at: Instant = ''): string {
  return [
    `(min ${byLink} (`,
    `  group by (server, link, managed_instance) (${select(replicaRole, chosenLink)}${at})`,
    `  * on (server) group_left ()`,
    `  (${renewedByPeople({}, at)})`,
    ') - time()) / 86400',
  ].join('\n');
}

const labels = ['link', 'managed_instance', 'finding', 'server', 'database'];

/** Each finding once, however many exporters see it; its value is how bad it is. */
export function findingsBySeverity(): string {
  const of = (severity: string): string =>
    `group by (${labels.join(', ')}) (${select(linkFinding, { ...chosenLink, severity })})`;
  return [`3 * ${of('critical')}`, `2 * ${of('warning')}`, of('info')].join('\nor ');
}

/**
 * Joins our catalogue's name of an error to a vector with the label `error`; a number that has none stays without. One name
 * each, also while two versions of the exporter call it differently.
 */
export function withErrorName(vector: string): string {
  const names = `topk by (error) (1, group by (error, name) (${select(errorInfo)}))`;
  return `(${vector})\n* on (error) group_left (name) ${names}\nor (${vector}) unless on (error) ${select(errorInfo)}`;
}
