import type { FailureReport, ServerReport } from '../check/report/report.ts';
import { isAnyLeftOut } from '../check/report/servers.ts';
import { countText } from '../text/quantity.ts';
import { engineText } from './state.ts';

const maximumFailedViews = 4;

const maximumColumns = 6;

const maximumOtherGroups = 5;

/** Distributed groups that are no links: a line, so that nobody looks for them in vain. Null when there are none. */
export function otherGroupsText({ name, unlinkedGroups }: ServerReport): string | null {
  if (unlinkedGroups.length === 0) return null;
  const shown = unlinkedGroups.slice(0, maximumOtherGroups).join(', ');
  const hidden = unlinkedGroups.length - maximumOtherGroups;
  const rest = hidden > 0 ? ` and ${hidden} more` : '';
  return `${name} also has ${shown}${rest}: distributed availability groups without a managed instance, which are no links and are not judged. List one under \`links\` if it is.`;
}

/** Whether something of a server is not seen. */
export function isTroubled(server: ServerReport): boolean {
  const { state, failedViews, unreadableColumns, missingPermissions, leftOut } = server;
  const isWhole = failedViews.length + unreadableColumns.length === 0;
  return state !== 'polled' || !isWhole || missingPermissions.length > 0 || isAnyLeftOut(leftOut);
}

/** What of a server is not seen, and why. */
export function troubleTexts(server: ServerReport): readonly string[] {
  const { failure, failedViews, missingPermissions, mayHideLinks } = server;
  const hidden = failedViews.length - maximumFailedViews;
  const views = failedViews.slice(0, maximumFailedViews).map((each) => failureText(each));
  return [
    ...(failure === null ? [] : [`could not be polled: ${failureText(failure)}`]),
    ...(server.state === 'pending' ? ['was not polled yet'] : []),
    ...views.map((text) => `answered, but a view could not be read: ${text}`),
    ...(hidden > 0 ? [`and ${hidden} more views`] : []),
    ...columnTexts(server),
    ...(missingPermissions.length === 0 ? [] : [`the login lacks ${missingPermissions.join(' and ')}`]),
    ...leftOutTexts(server.leftOut),
    ...(mayHideLinks ? ['it may carry links that are not shown here'] : []),
  ];
}

/** In words to be pasted into an issue: what the server is, and which column was how. */
function columnTexts({ name, engine, version, unreadableColumns }: ServerReport): readonly string[] {
  if (unreadableColumns.length === 0) return [];
  const hidden = unreadableColumns.length - maximumColumns;
  const server = [engineText(engine), version].filter(Boolean).join(' ');
  return [
    ...unreadableColumns
      .slice(0, maximumColumns)
      .map(({ view, text }) => `column not read: ${view}.${text} (${server})`),
    ...(hidden > 0 ? [`and ${hidden} more columns`] : []),
    `this version has not been met before: please report it, with the file that \`milink-exporter record --for=${name}\` writes`,
  ];
}

function leftOutTexts(leftOut: ServerReport['leftOut']): readonly string[] {
  const { groups, databases, rows } = leftOut;
  const parts = [
    ...(groups > 0 ? [countText(groups, 'group')] : []),
    ...(databases > 0 ? [countText(databases, 'database')] : []),
    ...(rows > 0 ? [countText(rows, 'row')] : []),
  ];
  return parts.length === 0 ? [] : [`has more than \`limits\` allow: ${parts.join(', ')} not shown`];
}

export function failureText({ view, reason, message, errorNumber }: FailureReport): string {
  const number = errorNumber === null ? '' : ` ${errorNumber}`;
  const what = view === null ? '' : `${view}: `;
  return `${what}${reason}${number}: ${message}`;
}

/** Where a server listens, as its configuration says it. */
interface ServerAddress {
  readonly host: string;
  /** Null: it is told by the name of its instance. */
  readonly port: number | null;
  readonly instance: string | null;
}

/** `host:port`, or `host\instance` as SQL Server's own tools write it. */
export function addressText({ host, port, instance }: ServerAddress): string {
  if (port !== null) return `${host}:${port}`;
  return instance === null ? host : `${host}\\${instance}`;
}
