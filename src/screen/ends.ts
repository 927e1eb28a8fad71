import type { CertificateReport, LinkReport } from '../check/report/report.ts';
import { type Line, paragraph } from '../terminal/line.ts';
import { table } from '../terminal/table.ts';
import { certificateColumns, certificateRows, type EndFacts, endColumns, endRemarks, endRow } from '../words/ends.ts';

/** What the lines about ends need besides the link. */
export interface EndScene extends EndFacts {
  readonly width: number;
}

/** Both ends with role, reachability and freshness, then what the primary says of its partner. */
export function endLines({ ends }: Pick<LinkReport, 'ends'>, scene: EndScene): readonly Line[] {
  if (ends.length === 0) return [];
  return [
    ...table(
      scene.width,
      endColumns,
      ends.map((end) => endRow(end, scene)),
    ),
    ...ends
      .flatMap((end) => endRemarks(end, scene))
      .flatMap(({ text, tone }) => paragraph(text, { width: scene.width, first: '  ', tone })),
  ];
}

/** The certificates that a link rests on with the days that are left; roots in order are one row per server. */
export function certificateLines(certificates: readonly CertificateReport[], width: number): readonly Line[] {
  return certificates.length === 0 ? [] : table(width, certificateColumns, certificateRows(certificates));
}
