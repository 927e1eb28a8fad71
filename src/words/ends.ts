import type { CertificateReport, EndReport, ServerReport } from '../check/report/report.ts';
import { daysLeftText, durationText, timeText } from '../text/quantity.ts';
import { type Cell, type Span, span } from '../text/visible.ts';
import { engineText, orDash, severityTone } from './state.ts';

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

const maximumRows = 8;

/** The columns of `certificateRows`. */
export const certificateColumns = [
  { heading: 'certificate', isName: true },
  { heading: 'on', isName: true },
  { heading: 'use' },
  { heading: 'valid for' },
] as const;

/** Each certificate with the days that are left. */
export function certificateRows(certificates: readonly CertificateReport[]): readonly (readonly Cell[])[] {
  const isFolded = ({ usage, severity }: CertificateReport): boolean => usage === 'authority' && severity === 'healthy';
  const shown = certificates.filter((certificate) => !isFolded(certificate)).slice(0, maximumRows);
  const folded = Map.groupBy(certificates.filter(isFolded), ({ server }) => server);
  return [
    ...shown.map((each) => [each.name, each.server, each.usage, timeLeft(each)]),
    ...[...folded.values()].map((roots) => foldedRow(roots)),
  ];
}

/** The first to end stands for all of them. */
function foldedRow(roots: readonly CertificateReport[]): readonly Cell[] {
  const [first] = roots;
  if (first === undefined) return [];
  const name = roots.length === 1 ? first.name : `${first.name} and ${roots.length - 1} more`;
  return [name, first.server, 'authority', timeLeft(first)];
}

function timeLeft({ secondsLeft, severity, startTimestampSeconds, expiryTimestampSeconds }: CertificateReport): Span {
  const now = expiryTimestampSeconds === null || secondsLeft === null ? null : expiryTimestampSeconds - secondsLeft;
  if (startTimestampSeconds !== null && now !== null && startTimestampSeconds > now) {
    return span(`valid in ${durationText(startTimestampSeconds - now)}`, severityTone(severity));
  }
  return span(orDash(secondsLeft, daysLeftText), severity === 'healthy' ? 'plain' : severityTone(severity));
}
