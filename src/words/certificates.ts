import type { CertificateReport } from '../check/report/report.ts';
import { daysLeftText, durationText } from '../text/quantity.ts';
import { type Cell, type Span, span } from '../text/span.ts';
import { orDash, severityTone } from './state.ts';

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
