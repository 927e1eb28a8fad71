/** The count, or 0 where it counts nothing; nothing where there is nothing to count from, since that is not 0. */
export function countOrZero(counted: string, of: string): string {
  return `count(${counted})\nor 0 * count(${of})`;
}

/** What a link is known by, and its legend; never by `instance`: two exporters that see one link show it once. */
export const byLink = 'by (link, managed_instance)';
export const linkName = '{{link}} {{managed_instance}}';
