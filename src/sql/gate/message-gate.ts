import { isTurnOver, nextTurn } from '../../steps/turn.ts';
import type { Meter } from './meter.ts';

/** Smaller pieces are gathered: the driver copies all that it has of a row for each piece that it gets. */
const leastPieceBytes = 16_384;

/**
 * A message of the server, counted before the driver gets it. Pieces grow with what the driver holds of an unfinished
 * row, so that its copying stays in proportion to the length of the row, however small the packets are. What is here
 * already is handed on in turns: the driver reads all that it gets at once.
 */
export async function* gatedMessage(message: AsyncIterable<Buffer>, meter: Meter): AsyncGenerator<Buffer> {
  meter.begin();
  let [pieces, size]: [Buffer[], number] = [[], 0];
  for await (const chunk of message) {
    meter.bytes(chunk.length);
    pieces.push(chunk);
    size += chunk.length;
    if (size < Math.max(leastPieceBytes, (meter.pendingBytes() - size) / 2)) continue;
    const piece = joined(pieces, size);
    [pieces, size] = [[], 0];
    if (isTurnOver()) await nextTurn();
    yield piece;
  }
  if (size > 0) yield joined(pieces, size);
}

function joined(pieces: readonly Buffer[], size: number): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces, size);
}
