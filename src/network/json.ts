import { timeText } from '../text/quantity.ts';
import { visibleJson } from '../text/visible.ts';
import { obstacleText } from './outcome.ts';
import { causesOf, exitCodeOfNetwork, type NetworkReport, networkVerdict } from './report.ts';

/** The report for programs; docs/network.md describes it. */
export function networkJson(report: NetworkReport): string {
  const verdict = networkVerdict(report);
  const document = {
    generated_at: timeText(report.generatedAtSeconds),
    verdict,
    exit_code: exitCodeOfNetwork[verdict],
    directions: report.directions.map((direction) => ({
      direction: direction.direction,
      from: direction.from,
      to: direction.to,
      obstacle: direction.obstacle,
      obstacle_text: direction.obstacle === null ? null : obstacleText(direction.obstacle),
      said: direction.said,
      host_lines: direction.hostLines,
      results: direction.outcomes.map(({ target, finding, address, text }) => ({
        place: target.place,
        host: target.host,
        port: target.port,
        result: finding,
        address,
        text,
      })),
      causes: causesOf(direction),
    })),
    this_machine: report.sights,
    removed: report.removed,
    left_alone: report.inUse,
    not_removed: report.leftovers,
  };
  return visibleJson(JSON.stringify(document, null, 2));
}
