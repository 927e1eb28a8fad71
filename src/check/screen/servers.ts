import type { FailureReport, ServerReport } from '../report/report.ts';
import { type Line, line, paragraph, span } from './line.ts';
import { stepLines } from './steps.ts';

const maximumFailedViews = 4;

/** The servers of which something is not seen, with why and what to do; nothing when all answered in full. */
export function serverLines(servers: readonly ServerReport[], width: number): readonly Line[] {
  const troubled = servers.filter(
    ({ state, failedViews, missingPermissions }) =>
      state !== 'polled' || failedViews.length > 0 || missingPermissions.length > 0,
  );
  if (troubled.length === 0) return [];
  return [line(width, span('Not seen', 'strong')), ...troubled.flatMap((server) => oneServer(server, width))];
}

function oneServer(server: ServerReport, width: number): readonly Line[] {
  const { name, host, port, failure, failedViews, missingPermissions, mayHideLinks } = server;
  const where = `${name} (${host}:${port})`;
  const hidden = failedViews.length - maximumFailedViews;
  const views = failedViews.slice(0, maximumFailedViews).map((each) => failureText(each));
  const texts = [
    ...(failure === null ? [] : [`could not be polled: ${failureText(failure)}`]),
    ...(server.state === 'pending' ? ['was not polled yet'] : []),
    ...views.map((text) => `answered, but a view could not be read: ${text}`),
    ...(hidden > 0 ? [`and ${hidden} more views`] : []),
    ...(missingPermissions.length === 0 ? [] : [`the login lacks ${missingPermissions.join(' and ')}`]),
    ...(mayHideLinks ? ['it may carry links that are not shown here'] : []),
  ];
  return [
    line(width, '  ', span(where, 'strong')),
    ...texts.flatMap((text) => paragraph(text, { width, first: '   - ', maximumLines: 4 })),
    ...stepLines(server.nextSteps, width),
  ];
}

function failureText({ view, reason, message, errorNumber }: FailureReport): string {
  const number = errorNumber === null ? '' : ` ${errorNumber}`;
  const what = view === null ? '' : `${view}: `;
  return `${what}${reason}${number}: ${message}`;
}
