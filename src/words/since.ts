import type { Held } from '../history/ledger.ts';
import { betweenText } from '../link/words.ts';
import { clockText, durationText } from '../text/quantity.ts';

/** Since when something holds, and for how long: as exactly as it is known. */
export function heldText({ notBeforeSeconds, bySeconds }: Held, nowSeconds: number): string {
  const lasted = durationText(nowSeconds - bySeconds);
  if (notBeforeSeconds === null) return `for ${lasted} at least: it was so when the exporter first looked`;
  const times = { afterTimestampSeconds: notBeforeSeconds, byTimestampSeconds: bySeconds };
  return `for ${lasted}: it became so ${betweenText(times)}`;
}

/** The same in a few words. */
export function sinceText({ notBeforeSeconds, bySeconds }: Held, nowSeconds: number): string {
  return `since ${clockText(bySeconds, nowSeconds)}${notBeforeSeconds === null ? ' or before' : ''}`;
}
