import type { CopyReport, DatabaseReport, LinkReport } from '../check/report/report.ts';
import { type Line, line, paragraph, table } from '../terminal/line.ts';
import { countText, timeText } from '../text/quantity.ts';
import { span } from '../text/visible.ts';
import { databaseAgeTexts, databaseColumns, databaseRows, dataLossText, logTexts } from '../words/databases.ts';
import type { EndFacts } from '../words/ends.ts';

/** A screen holds no more; programs get all of them. */
const maximumRows = 12;

const maximumOwnRows = 4;

/** What the lines about databases need besides the link. */
interface DatabaseScene extends EndFacts {
  readonly width: number;
}

/** Per database the copy that matters: the secondary's, as the primary tells it, else as it tells itself. */
export function databaseLines(link: LinkReport, scene: DatabaseScene): readonly Line[] {
  const { width } = scene;
  const sorted = databaseRows(link);
  if (sorted.length === 0) return [];
  const shown = sorted.slice(0, maximumRows);
  const hidden = sorted.slice(maximumRows);
  const bad = hidden.filter(({ isGood }) => !isGood).length;
  const rest = bad === 0 ? 'all in order' : `${bad} of them not in order`;
  return [
    ...table(
      width,
      databaseColumns,
      shown.map(({ cells }) => cells),
    ),
    ...(hidden.length === 0
      ? []
      : [line(width, span(`  and ${countText(hidden.length, 'more row')}, ${rest}: --json has them all`, 'faint'))]),
    ...databaseAgeTexts(link, scene).flatMap((text) => paragraph(text, { width, first: '  ', tone: 'warning' })),
    ...moreLines(link, width),
    ...logTexts(link.databases).flatMap((text) => paragraph(text, { width, first: '  ', tone: 'warning' })),
  ];
}

/** What a decision between the two ends rests on. */
function moreLines({ verdict, databases, findings }: LinkReport, width: number): readonly Line[] {
  // There is no failover of half a link.
  if (findings.some(({ code }) => code === 'dropped_at_one_end')) return [];
  switch (verdict) {
    case 'split_brain':
      return ownLines(databases, lastCommit, width);
    case 'no_primary':
      return ownLines(databases, hardenedLsn, width);
    case 'primary_unreachable':
      return ownLines(databases, lastHardened, width);
    default:
      return lossLines(databases, width);
  }
}

function lossLines(databases: readonly DatabaseReport[], width: number): readonly Line[] {
  const text = dataLossText(databases);
  return text === null ? [] : paragraph(text, { width, first: '  ', tone: 'warning' });
}

/** What each end says of its own copy: what drifted apart, whether they are equal, how far a survivor came. */
function ownLines(
  databases: readonly DatabaseReport[],
  { what, value }: { readonly what: string; readonly value: (copy: CopyReport) => string | null },
  width: number,
): readonly Line[] {
  return databases.slice(0, maximumOwnRows).flatMap(({ name, copies }) => {
    const values = copies.flatMap((copy) => {
      const text = copy.isOwn ? value(copy) : null;
      return text === null ? [] : paragraph(`${copy.server} ${text}`, { width, first: '    ' });
    });
    return values.length === 0 ? [] : [...paragraph(`${name}, ${what}:`, { width, first: '  ' }), ...values];
  });
}

const lastCommit = {
  what: 'last commit',
  value: (copy: CopyReport) => instantText(copy.lastCommitTimestampSeconds),
};

const lastHardened = {
  what: 'last log that reached it',
  value: (copy: CopyReport) => instantText(copy.lastHardenedTimestampSeconds),
};

const hardenedLsn = {
  what: 'last hardened LSN',
  value: (copy: CopyReport) => (copy.hardenedLsn === null ? null : String(copy.hardenedLsn)),
};

function instantText(timestampSeconds: number | null): string | null {
  return timestampSeconds === null ? null : timeText(timestampSeconds);
}
