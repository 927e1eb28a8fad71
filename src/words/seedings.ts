import type { BeginningStage, SeedingReport, TransferReport } from '../check/report/report.ts';
import { describeSeedingFailure } from '../model/seeding.ts';
import { bytesText, clockText, countText, durationText } from '../text/quantity.ts';

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

export const stageWords: Readonly<Record<BeginningStage['stage'], string>> = {
  creating: 'creating',
  seeding: 'seeding',
  catch_up: 'catch-up',
  synchronizing: 'in step',
};
