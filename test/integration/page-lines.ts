import { pollingFamilies } from '../../src/metrics/families/polling.ts';

const polling = new Set(pollingFamilies.map(({ name }) => name));

/**
 * What varies with the time that a query took, with the time of the first poll that saw something, and with the number of
 * polls: the simulated world stands still here, and a redo that stands still has no end.
 */
const varying = new Set([
  'milink_server_clock_offset_seconds',
  'milink_seeding_last_progress_timestamp_seconds',
  'milink_database_estimated_recovery_seconds',
  // Bounded by the offset of the clocks, which varies with the time that a query took.
  'milink_database_estimated_data_loss_seconds',
]);

/** The series of a page in text format as lines; those about the exporter itself left out. */
export function seriesLines(page: string): readonly string[] {
  return page.split('\n').filter((line) => /^milink_(?!exporter_)/.test(line));
}

/** The lines about one server's state: all but those that say how its polls go. */
export function stateLines(page: string, server: string): readonly string[] {
  return seriesLines(page).filter((line) => {
    const family = familyOf(line);
    const isOfLink = family.startsWith('milink_link_');
    return line.includes(`server="${server}"`) && !isOfLink && !polling.has(family) && !varying.has(family);
  });
}

/** The lines about links, which come from all servers together. */
export function linkLines(page: string): readonly string[] {
  return seriesLines(page).filter((line) => familyOf(line).startsWith('milink_link_'));
}

/** The value of a series written exactly so, or null when the page does not have it. */
export function seriesValue(page: string, series: string): number | null {
  const line = page.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

/** The lines of one family. */
export function familyLines(page: string, family: string): readonly string[] {
  return seriesLines(page).filter((line) => familyOf(line) === family);
}

function familyOf(line: string): string {
  return line.split(/[{ ]/, 1)[0] ?? '';
}
