/** A quantity is said to grow when it does so by more than both, over the second half of a run. */
export interface Threshold {
  /** Of the median. */
  readonly share: number;
  /** In the unit of the quantity: less than this is nothing. */
  readonly least: number;
}

export interface Growth {
  readonly median: number;
  /**
   * From the beginning of the second half to its end: the lesser of what the Theil-Sen slope says, in which no single minute
   * counts for much, and of what the first and the last third differ by, in which a saw is level.
   */
  readonly growth: number;
  /** Of Kendall's test for a trend: above 2.33 one minute in a hundred runs without a trend. */
  readonly trend: number;
  /** Null: too few minutes to tell. */
  readonly grows: boolean | null;
}

/** Fewer say nothing: even if each were greater than the one before, that would come about by chance too often. */
const fewestValues = 6;
const significantTrend = 2.33;

/** Whether a quantity grows over the second half of a run, from one value a minute; the first half is for warming up. */
export function growthOf(values: readonly number[], { share, least }: Threshold): Growth {
  const half = values.slice(Math.floor(values.length / 2));
  const median = medianOf(half);
  const growth = Math.min(slopeOf(half) * Math.max(0, half.length - 1), differenceOfThirds(half));
  const trend = trendOf(half);
  const isMuch = growth > Math.max(share * Math.abs(median), least);
  return { median, growth, trend, grows: half.length < fewestValues ? null : isMuch && trend > significantTrend };
}

/** Theil-Sen: the median of the slopes of all pairs, per value. */
function slopeOf(values: readonly number[]): number {
  const slopes = pairsOf(values).map(({ difference, distance }) => difference / distance);
  return slopes.length === 0 ? 0 : medianOf(slopes);
}

/** As much as a straight line between the middles of both thirds rises from end to end. */
function differenceOfThirds(values: readonly number[]): number {
  const third = Math.floor(values.length / 3);
  return third === 0 ? 0 : 1.5 * (medianOf(values.slice(-third)) - medianOf(values.slice(0, third)));
}

/** Kendall's S in standard deviations, which allows for equal values only by being smaller. */
function trendOf(values: readonly number[]): number {
  const count = values.length;
  const rises = pairsOf(values).reduce((sum, { difference }) => sum + Math.sign(difference), 0);
  const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  return deviation === 0 ? 0 : rises / deviation;
}

function pairsOf(values: readonly number[]): { readonly difference: number; readonly distance: number }[] {
  return values.flatMap((later, at) =>
    values.slice(0, at).map((earlier, index) => ({ difference: later - earlier, distance: at - index })),
  );
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = Number.isInteger(middle)
    ? [sorted[middle - 1], sorted[middle]]
    : [sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
