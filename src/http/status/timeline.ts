import { type HistoryEvent, isForPeople, whatText, whenText } from '../../history/event.ts';
import { countText } from '../../text/quantity.ts';
import { html, type Part, table } from './html.ts';

const maximumEvents = 50;

/** What happened, the newest first; `all` is oldest first. */
export function timeline(all: readonly HistoryEvent[]): Part {
  const events = all.filter(isForPeople);
  if (events.length === 0) return html`<h2>What happened</h2>\n<p>Nothing that this exporter saw.</p>\n`;
  const shown = events.slice(-maximumEvents).toReversed();
  const rows = shown.map((event) => [whenText(event), whatText(event)]);
  const hidden = events.length - shown.length;
  return [
    html`<h2>What happened</h2>\n`,
    table({
      caption: `The latest changes, the newest first: ${countText(shown.length, 'change')}`,
      columns: [{ heading: 'when' }, { heading: 'what' }],
      rows,
    }),
    hidden === 0
      ? null
      : html`<p class="faint">And ${countText(hidden, 'earlier change')}: /api/v1/history and milink-exporter check --history have them.</p>\n`,
  ];
}
