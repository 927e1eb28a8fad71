import type { SeedingReport, TransferReport } from '../check/report/report.ts';
import { describeSeedingFailure } from '../model/errors/seeding-failure.ts';
import { type Line, line, paragraph, span } from '../terminal/line.ts';
import { bytesText, clockText, countText, durationText } from '../text/quantity.ts';

const barCells = 30;
const maximumSeedings = 6;

export interface SeedingScene {
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

/** Which copy failed, when, and why as far as it is known. */
export function failedSeedingText(seeding: SeedingReport, nowSeconds: number): string {
  const { database, server, errorCode, failureState, completedTimestampSeconds: end } = seeding;
  const failure = failureState === null ? null : describeSeedingFailure(failureState);
  const parts = [
    `seeding of ${database} failed${end === null ? '' : ` ${durationText(nowSeconds - end)} ago`}, says ${server}`,
    ...(seeding.attempts === null ? [] : [countText(seeding.attempts, 'attempt')]),
    // 0 is no error: a failure that no SQL error caused.
    ...(errorCode ? [`error ${errorCode}`] : []),
  ];
  const where = failure?.where ? ` Where: at the ${failure.where}.` : '';
  return `${parts.join(', ')}.${failure === null ? '' : ` ${failure.text}${where}`}`;
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

/** What is copied, who says so, and for how long. */
export function runningSeedingText(seeding: SeedingReport, nowSeconds: number): string {
  const { database, server, currentState, startedTimestampSeconds: start } = seeding;
  const parts = [
    `seeding ${database}, says ${server}: ${currentState ?? 'state not reported'}`,
    ...(seeding.attempts === null || seeding.attempts <= 1 ? [] : [`attempt ${seeding.attempts}`]),
    ...(start === null ? [] : [`for ${durationText(nowSeconds - start)}`]),
  ];
  return parts.join(', ');
}

function progressBar(progress: number): string {
  const full = Math.floor(progress * barCells);
  return `[${'#'.repeat(full)}${'.'.repeat(barCells - full)}]`;
}

/** Compressed bytes are counted against the uncompressed size: the true share is higher, and unknown. */
export function progressText({ progress, isProgressLowerBound }: TransferReport): string {
  return `${isProgressLowerBound ? 'at least ' : ''}${Math.floor((progress ?? 0) * 100)} %`;
}

export function sizeText({
  transferredBytes,
  databaseSizeBytes,
  rateBytesPerSecond,
  isCompressed,
}: TransferReport): string {
  const isTold = isCompressed === true ? ', compressed' : '';
  const parts = [
    ...(transferredBytes === null ? [] : [`${bytesText(transferredBytes)} sent${isTold}`]),
    ...(rateBytesPerSecond === null ? [] : [`${bytesText(rateBytesPerSecond)}/s`]),
    ...(databaseSizeBytes === null ? [] : [`database of ${bytesText(databaseSizeBytes)}`]),
  ];
  return parts.length === 0 ? 'no sizes are reported' : parts.join('; ');
}

/**
 * The server divides what is left of the uncompressed size by the rate of the compressed transfer: with compression the
 * end comes before that (sys.dm_hadr_physical_seeding_stats, and Microsoft's troubleshooting article).
 */
export function completionText(transfer: TransferReport, nowSeconds: number): string {
  const { estimatedCompletionTimestampSeconds: estimate, rateBytesPerSecond: rate, isProgressLowerBound } = transfer;
  if (rate === 0) return 'it does not move now, so there is no estimate';
  if (estimate === null) return 'the server gives no estimate';
  if (estimate <= nowSeconds) return "the server's estimate has passed, so when it ends is not known";
  const when = `${clockText(estimate, nowSeconds)} (${durationText(estimate - nowSeconds)})`;
  return isProgressLowerBound
    ? `ends before ${when} at this rate; sooner, as it compresses`
    : `ends about ${when} at this rate`;
}
