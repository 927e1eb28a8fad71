import type { ServerReport } from '../check/report/report.ts';
import { type Line, line, paragraph } from '../terminal/line.ts';
import { addressText } from '../text/address.ts';
import { span } from '../text/span.ts';
import { isTroubled, otherGroupsText, troubleTexts } from '../words/servers.ts';
import { stepLines } from './steps.ts';

/** Begins what is not seen of servers. */
export const unseenHeading = 'Not seen';

/** The servers of which something is not seen, with why and what to do; nothing when all answered in full. */
export function serverLines(servers: readonly ServerReport[], width: number): readonly Line[] {
  const troubled = servers.filter(isTroubled);
  const unseen =
    troubled.length === 0
      ? []
      : [line(width, span(unseenHeading, 'strong')), ...troubled.flatMap((server) => oneServer(server, width))];
  const others = servers.flatMap((server) => otherGroupsText(server) ?? []);
  return [...unseen, ...others.flatMap((text) => paragraph(text, { width, first: '' }))];
}

function oneServer(server: ServerReport, width: number): readonly Line[] {
  const where = `${server.name} (${addressText(server)})`;
  return [
    line(width, '  ', span(where, 'strong')),
    ...troubleTexts(server).flatMap((text) => paragraph(text, { width, first: '   - ', maximumLines: 4 })),
    ...stepLines(server.nextSteps, { width }),
  ];
}
