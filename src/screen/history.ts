import type { HistoryDocument, LevelDocument, LinkLevelsDocument } from '../check/history-json.ts';
import { joinBlocks, type Line, line, paragraph, table } from '../terminal/line.ts';
import { countText, durationText } from '../text/quantity.ts';
import { span } from '../text/visible.ts';

/** What happened and the service levels, for people. */
export function historyLines({ events, service_levels: levels }: HistoryDocument, width: number): readonly Line[] {
  return joinBlocks([
    levelLines(levels, width),
    [
      line(width, span(`What happened, the newest first: ${countText(events.length, 'change')}`, 'strong')),
      ...events.flatMap(({ when, text, link, managed_instance: instance }) => [
        line(
          width,
          '  ',
          span(when, 'faint'),
          link === null ? '' : `  ${link}${instance === null ? '' : ` on ${instance}`}`,
        ),
        ...paragraph(text, { width, first: '    ', maximumLines: 3 }),
      ]),
    ],
  ]);
}

function levelLines(levels: readonly LinkLevelsDocument[], width: number): readonly Line[] {
  if (levels.length === 0) return [];
  const columns = [
    { heading: 'link', isName: true },
    { heading: 'days', align: 'right' },
    { heading: 'healthy', align: 'right' },
    { heading: 'data loss met', align: 'right' },
    { heading: 'recovery met', align: 'right' },
    { heading: 'seen', align: 'right' },
  ] as const;
  const rows = levels.map((each) => [
    each.managed_instance === null ? each.link : `${each.link} on ${each.managed_instance}`,
    String(each.days),
    shareText(each.healthy),
    shareText(each.data_loss_objective_met),
    shareText(each.recovery_objective_met),
    durationText(each.healthy.seen_seconds),
  ]);
  return [line(width, span('Share of the time that was seen', 'strong')), ...table(width, columns, rows)];
}

/** Rounded down: 100 % is without a second that was not good. */
function shareText({ share }: LevelDocument): string {
  return share === null ? '-' : `${(Math.floor(share * 100_000) / 1000).toFixed(3)} %`;
}
