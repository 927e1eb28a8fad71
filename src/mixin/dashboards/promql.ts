/** The count, or 0 where it counts nothing; nothing where there is nothing to count from, since that is not 0. */
export function countOrZero(counted: string, of: string): string {
  return `count(${counted})\nor 0 * count(${of})`;
}

/** What a link is known by, and its legend; never by `instance`: two exporters that see one link show it once. */
export const byLink = 'by (link, managed_instance)';
export const linkName = '{{link}} {{managed_instance}}';

/**
 * The series of a chart that are the most, or the least, at its end: at 200 links a chart of all of them shows none. `of` is
 * written twice: as it goes on, and as it is at the end, where ties are cut anywhere.
 */
export function outermost(which: 'topk' | 'bottomk', many: number, of: (at: Instant) => string): string {
  return `(${of('')})\nand on (link, managed_instance)\n${which}(${many}, ${of(' @ end()')})`;
}

/** What stands after a selector: nothing, or that its end of the range is meant. */
export type Instant = '' | ' @ end()';
