import type { EndReport, ServerReport } from '../check/report/report.ts';
import { durationText, timeText } from '../text/quantity.ts';
import { type Cell, type Span, span } from '../text/span.ts';
import { engineText } from './state.ts';

/** The columns of `endRow`. */
export const endColumns = [
  { heading: 'end', isName: true },
  { heading: 'engine' },
  { heading: 'role' },
  { heading: 'polled' },
] as const;

/** What the words about ends need besides them. */
export interface EndFacts {
  readonly nowSeconds: number;
  readonly servers: readonly ServerReport[];
}

/** One end with role, reachability and freshness. */
export function endRow(end: EndReport, facts: EndFacts): readonly Cell[] {
  const polled = freshnessCell(serverOf(end, facts), facts.nowSeconds);
  return [end.server, engineText(end.engine), roleCell(end), polled];
}

function serverOf({ server }: EndReport, { servers }: EndFacts): ServerReport | null {
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

/** What else is to be said of an end: when it last answered, what it says of its partner and of its connection. */
export function endRemarks(end: EndReport, facts: EndFacts): readonly Span[] {
  return [...lastAnswer(end, facts), ...partnerRemarks(end, facts)];
}

/** Of a server that answered before and does not now: only watching knows. */
function lastAnswer(end: EndReport, facts: EndFacts): readonly Span[] {
  const server = serverOf(end, facts);
  const success = server?.lastSuccessTimestampSeconds ?? null;
  if (server?.state !== 'failed' || success === null) return [];
  return [span(`${end.server} last answered ${durationText(facts.nowSeconds - success)} ago`, 'bad')];
}

function partnerRemarks({ server, partner, lastConnectError }: EndReport, { nowSeconds }: EndFacts): readonly Span[] {
  if (partner === null) return [];
  const connected = partner.connectedState ?? 'in no known connection state';
  const health = partner.health ?? 'without a health';
  const isGood = connected === 'CONNECTED' && health === 'HEALTHY';
  const said = span(`${server} says of its partner: ${connected}, ${health}`, isGood ? 'plain' : 'bad');
  // It stays after the connection has recovered: beside a connected partner it only confuses.
  if (lastConnectError === null || connected === 'CONNECTED') return [said];
  const { number, timestampSeconds } = lastConnectError;
  const when =
    timestampSeconds === null
      ? ''
      : `, ${durationText(nowSeconds - timestampSeconds)} ago (${timeText(timestampSeconds)})`;
  return [said, span(`its last connection error is ${number}${when}`)];
}
