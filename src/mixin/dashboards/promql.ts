/** The count, or 0 where it counts nothing; nothing where there is nothing to count from, since that is not 0. */
export function countOrZero(counted: string, of: string): string {
  return `count(${counted})\nor 0 * count(${of})`;
}

/** What a link is known by, and its legend; never by `instance`: two exporters that see one link show it once. */
export const byLink = 'by (link, managed_instance)';
export const linkName = '{{link}} {{managed_instance}}';

/**
 * The series of a chart that are the most, or the least, at its end: at 200 links a chart of all of them shows none. `by`: what
 * they are told apart by. `of` is written as it goes on, and as it is at the end, where ties are cut anywhere.
 */
export function outermost(
  which: 'topk' | 'bottomk',
  many: number,
  of: (at: Instant) => string,
  by: readonly string[] = ['link', 'managed_instance'],
): string {
  return withoutOthers(of(''), `${which}(${many}, `, of(' @ end()'), by);
}

/**
 * A query without what is there at its end and ranks behind, by a query of that end: what ended before, as a lag does when its
 * database is suspended, is not left out.
 */
export function withoutOthers(
  query: string,
  best: `${'topk' | 'bottomk'}(${number}, `,
  rank: string,
  by: readonly string[],
): string {
  return `(${query})\nunless on (${by.join(', ')})\n((${rank}) unless ${best}${rank}))`;
}

/** So many lines of a chart can be told apart, and so many of a timeline read. */
export const chartLines = 10;
export const timelineLines = 20;

/** What stands after a selector: nothing, or that its end of the range is meant. */
export type Instant = '' | ' @ end()';
