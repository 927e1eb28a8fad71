import type { BeginningReport, BeginningStage } from '../check/report/report.ts';
import { type Line, line, paragraph } from '../terminal/line.ts';
import { span } from '../text/span.ts';
import { stageWords } from '../words/seedings.ts';

const tones = { done: 'good', now: 'strong', open: 'faint' } as const;

const maximumDatabases = 4;

/** The way of each copy that is just being made, stage by stage. */
export function beginningLines(beginnings: readonly BeginningReport[], width: number): readonly Line[] {
  const hidden = beginnings.length - maximumDatabases;
  return [
    ...beginnings
      .slice(0, maximumDatabases)
      .flatMap(({ database, stages }) => [
        ...paragraph(`the first copy of ${database}`, { width, first: '  ' }),
        ...stages.flatMap((stage) => stageLines(stage, width)),
      ]),
    ...(hidden > 0 ? [line(width, span(`  and ${hidden} more: --json has them all`, 'faint'))] : []),
  ];
}

function stageLines({ stage, status, texts }: BeginningStage, width: number): readonly Line[] {
  const first = `    ${status.padEnd(5)} ${stageWords[stage].padEnd(9)} `;
  return texts.length === 0
    ? [line(width, span(first.trimEnd(), tones[status]))]
    : paragraph(texts.join('; '), { width, first, tone: tones[status] });
}
