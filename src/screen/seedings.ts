import type { BeginningReport, BeginningStage, SeedingReport } from '../check/report/report.ts';
import { type Line, line, paragraph } from '../terminal/line.ts';
import { span } from '../text/visible.ts';
import {
  completionText,
  failedSeedingText,
  progressText,
  runningSeedingText,
  sizeText,
  stageWords,
} from '../words/seedings.ts';

const barCells = 30;

const maximumSeedings = 6;

interface SeedingScene {
  readonly width: number;
  readonly nowSeconds: number;
}

/** Each database that is being seeded, with how far it is, or whose newest attempt failed. */
export function seedingLines(seedings: readonly SeedingReport[], scene: SeedingScene): readonly Line[] {
  const shown = seedings.slice(0, maximumSeedings);
  const hidden = seedings.length - shown.length;
  return [
    ...shown.flatMap((seeding) => (seeding.status === 'failed' ? failed(seeding, scene) : running(seeding, scene))),
    ...(hidden === 0 ? [] : [line(scene.width, span(`  and ${hidden} more: --json has them all`, 'faint'))]),
  ];
}

function failed(seeding: SeedingReport, { width, nowSeconds }: SeedingScene): readonly Line[] {
  return paragraph(failedSeedingText(seeding, nowSeconds), { width, first: '  ', tone: 'bad' });
}

function running(seeding: SeedingReport, scene: SeedingScene): readonly Line[] {
  const { width, nowSeconds } = scene;
  const { transfer } = seeding;
  const lines = paragraph(runningSeedingText(seeding, nowSeconds), { width, first: '  ' });
  if (transfer === null) return [...lines, ...paragraph('no transfer runs yet', { width, first: '    ' })];
  return [
    ...lines,
    ...(transfer.progress === null
      ? []
      : [line(width, `    ${progressBar(transfer.progress)}  `, progressText(transfer))]),
    ...paragraph(sizeText(transfer), { width, first: '    ' }),
    ...paragraph(completionText(transfer, nowSeconds), { width, first: '    ' }),
  ];
}

function progressBar(progress: number): string {
  const full = Math.floor(progress * barCells);
  return `[${'#'.repeat(full)}${'.'.repeat(barCells - full)}]`;
}

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
