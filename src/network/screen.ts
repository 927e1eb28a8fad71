import { joinBlocks, type Line, line, paragraph } from '../terminal/line.ts';
import { timeText } from '../text/quantity.ts';
import { span, type Tone } from '../text/visible.ts';
import { obstacleText, type TargetOutcome } from './outcome.ts';
import { causesOf, type DirectionReport, type NetworkReport, type NetworkVerdict, networkVerdict } from './report.ts';

const verdicts: Readonly<Record<NetworkVerdict, readonly [string, Tone, string]>> = {
  passed: ['PASSED', 'good', 'both directions are open'],
  partly: ['PARTLY', 'warning', 'what was tested is open, not everything was tested'],
  failed: ['FAILED', 'bad', 'a port is not reached'],
  untold: ['UNTOLD', 'open', 'nothing could be tested'],
};

/** Green ports are not a link: certificates, names and versions are another matter. */
const caveat =
  'Open ports say nothing of certificates, names and versions: milink-exporter preflight and check look at those. A link can still fail with 41976.';

/** The screen of `test-network`. No line is wider than asked for. */
export function networkLines(report: NetworkReport, width: number): readonly Line[] {
  const verdict = networkVerdict(report);
  const [word, tone, text] = verdicts[verdict];
  const head = [
    line(width, span(word, tone), `  ${text}`),
    line(width, span(timeText(report.generatedAtSeconds), 'faint')),
  ];
  return joinBlocks([
    head,
    ...report.directions.map((each) => directionLines(each, width)),
    sightLines(report, width),
    remainLines(report, width),
    verdict === 'passed' ? paragraph(caveat, { width, first: '', tone: 'faint' }) : [],
  ]);
}

function directionLines(direction: DirectionReport, width: number): readonly Line[] {
  const { from, to, outcomes, obstacle, said, hostLines } = direction;
  const causes = causesOf(direction);
  return [
    line(width, span(`From ${from} to ${to}`, 'strong')),
    ...outcomes.flatMap((outcome) => outcomeLines(outcome, width)),
    ...(obstacle === null
      ? []
      : paragraph(`not tested: ${obstacleText(obstacle)}`, { width, first: '  ', tone: 'open' })),
    ...(said === '' ? [] : paragraph(said, { width, first: '    ', tone: 'faint' })),
    ...(hostLines.length === 0 ? [] : [line(width, `  Run one of these on the host of ${from}:`)]),
    ...hostLines.map((each) => line(width, '    ', span(each, 'strong'))),
    ...(causes.length === 0 ? [] : [line(width, '  What to check next, the likeliest first:')]),
    ...causes.flatMap((cause, index) => paragraph(`${cause}.`, { width, first: `${String(index + 1).padStart(5)}. ` })),
  ];
}

function outcomeLines({ target, finding, address, text }: TargetOutcome, width: number): readonly Line[] {
  const tone = finding === 'reached' ? 'good' : finding === 'no_result' || finding === 'old_result' ? 'open' : 'bad';
  const at = address === null || address === target.host ? '' : ` (${address})`;
  const name = target.place === 'other' ? 'other port' : target.place;
  return [
    ...paragraph(`${name}: ${target.host}, port ${target.port}${at}`, { width, first: '  ' }),
    ...paragraph(text, { width, first: '    ', tone }),
  ];
}

function sightLines({ sights }: NetworkReport, width: number): readonly Line[] {
  if (sights.length === 0) return [];
  return [
    line(width, span('From this machine, which is not the way of the link', 'strong')),
    ...sights.flatMap(({ what, host, port, text }) =>
      paragraph(`${what}: ${host}, port ${port}: ${text}`, { width, first: '  ' }),
    ),
  ];
}

function remainLines({ removed, leftovers, inUse }: NetworkReport, width: number): readonly Line[] {
  return [
    ...removed.flatMap((each) =>
      paragraph(`removed what an earlier test had left: ${each}`, { width, first: '', tone: 'faint' }),
    ),
    ...inUse.flatMap((each) =>
      paragraph(`left alone, as another test that runs has made it: ${each}`, { width, first: '', tone: 'faint' }),
    ),
    ...leftovers.flatMap(({ server, what, statement, why }) => [
      ...paragraph(`not removed: ${what} on ${server} (${why}). Run there:`, { width, first: '', tone: 'bad' }),
      ...paragraph(statement, { width, first: '    ', tone: 'strong' }),
    ]),
  ];
}
