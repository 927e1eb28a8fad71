import type { EndReport, LinkReport, ServerReport } from '../report/report.ts';
import { durationText, timeText } from '../text/quantity.ts';
import { type Line, paragraph, type Span, span } from './line.ts';
import { table } from './table.ts';
import { engineText } from './words.ts';

/** What the lines about ends need besides the link. */
export interface EndScene {
  readonly width: number;
  readonly nowSeconds: number;
  readonly servers: readonly ServerReport[];
}

/** Both ends with role, reachability and freshness, then what the primary says of its partner. */
export function endLines({ ends }: Pick<LinkReport, 'ends'>, scene: EndScene): readonly Line[] {
  if (ends.length === 0) return [];
  const rows = ends.map((end) => [
    end.server,
    engineText(end.engine),
    roleCell(end),
    freshnessCell(serverOf(end, scene), scene.nowSeconds),
  ]);
  const columns = [{ heading: 'end', isName: true }, { heading: 'engine' }, { heading: 'role' }, { heading: 'polled' }];
  return [
    ...table(scene.width, columns, rows),
    ...ends.flatMap((end) => [...lastAnswerLines(end, scene), ...partnerLines(end, scene)]),
  ];
}

function serverOf({ server }: EndReport, { servers }: EndScene): ServerReport | null {
  return servers.find(({ name }) => name === server) ?? null;
}

function roleCell({ state, role }: EndReport): Span {
  if (state !== 'seen') return span('not seen', 'open');
  return role === null ? span('no role', 'open') : span(role, role === 'PRIMARY' ? 'strong' : 'plain');
}

/** When what is shown was read; why not, when it could not be. */
function freshnessCell(server: ServerReport | null, nowSeconds: number): Span {
  if (server === null || server.state === 'pending') return span('not yet', 'open');
  const { lastSuccessTimestampSeconds: success, failure } = server;
  if (server.state === 'polled') {
    return success === null ? span('now') : span(`${durationText(nowSeconds - success)} ago`);
  }
  return span(`failed: ${failure?.reason ?? 'no reason'}`, 'bad');
}

/** Of a server that answered before and does not now: only watching knows. */
function lastAnswerLines(end: EndReport, scene: EndScene): readonly Line[] {
  const server = serverOf(end, scene);
  const success = server?.lastSuccessTimestampSeconds ?? null;
  if (server?.state !== 'failed' || success === null) return [];
  const text = `${end.server} last answered ${durationText(scene.nowSeconds - success)} ago`;
  return paragraph(text, { width: scene.width, first: '  ', tone: 'bad' });
}

function partnerLines({ server, partner, lastConnectError }: EndReport, scene: EndScene): readonly Line[] {
  const { width, nowSeconds } = scene;
  if (partner === null) return [];
  const connected = partner.connectedState ?? 'in no known connection state';
  const health = partner.health ?? 'without a health';
  const isGood = connected === 'CONNECTED' && health === 'HEALTHY';
  const lines = paragraph(`${server} says of its partner: ${connected}, ${health}`, {
    width,
    first: '  ',
    tone: isGood ? 'plain' : 'bad',
  });
  // It stays after the connection has recovered: beside a connected partner it only confuses.
  if (lastConnectError === null || connected === 'CONNECTED') return lines;
  const { number, timestampSeconds } = lastConnectError;
  const when =
    timestampSeconds === null
      ? ''
      : `, ${durationText(nowSeconds - timestampSeconds)} ago (${timeText(timestampSeconds)})`;
  return [...lines, ...paragraph(`its last connection error is ${number}${when}`, { width, first: '  ' })];
}
