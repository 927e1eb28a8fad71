const bytesPerVirtualLogFile = 64 * 1024 * 1024;
const bytesPerBlock = 512;
const firstVirtualLogFile = 37;
const lastSlotOfABlock = 7;

/** What a healthy secondary shows as recovery_lsn: nothing to go back to. */
export const maximumLsn = '4294967295429496729500001';

/**
 * A log-block id padded to the shape of an LSN, numeric(25,0) as text: virtual log file, block (10 digits), slot 1 (5 digits).
 * This is what end_of_log, last_hardened, last_received, last_sent, recovery and truncation hold.
 */
export function blockLsn(logBytes: number): string {
  return lsn(blockOf(logBytes), 1);
}

/** A true LSN: the last record of the block before the one that `blockLsn` names. What last_redone and last_commit hold. */
export function recordLsn(logBytes: number): string {
  return lsn(Math.max(blockOf(logBytes) - 1, 0), lastSlotOfABlock);
}

function blockOf(logBytes: number): number {
  return Math.floor(logBytes / bytesPerBlock);
}

function lsn(block: number, slot: number): string {
  const blocksPerFile = bytesPerVirtualLogFile / bytesPerBlock;
  const file = firstVirtualLogFile + Math.floor(block / blocksPerFile);
  return `${file}${digits(block % blocksPerFile, 10)}${digits(slot, 5)}`;
}

function digits(value: number, length: number): string {
  return value.toString().padStart(length, '0');
}
