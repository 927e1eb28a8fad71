import type { FailureReport, ServerReport } from '../../check/report/report.ts';
import { countText, durationText } from '../../text/quantity.ts';
import { engineText } from '../../words/state.ts';
import { type Html, html, type Part, table } from './html.ts';
import { serverLink } from './link-article.ts';
import type { Places } from './places.ts';

export interface ServerScene {
  readonly places: Places;
  readonly nowSeconds: number;
}

const columns = [
  { heading: 'server' },
  { heading: 'state' },
  { heading: 'engine' },
  { heading: 'data of' },
  { heading: 'poll took', align: 'right' },
] as const;

/** How polling each server went, one row each. */
export function serverTable(servers: readonly ServerReport[], { places, nowSeconds }: ServerScene): Html {
  const rows = servers.map((server) => [
    serverLink(server.name, places),
    serverState(server),
    [engineText(server.engine), server.version].filter((text) => text !== null && text !== '').join(' ') || '-',
    dataAge(server, nowSeconds),
    server.pollDurationSeconds === null ? '-' : secondsText(server.pollDurationSeconds),
  ]);
  return table({ caption: 'How the latest poll of each server went', columns, rows });
}

/** Whether it answered, and what of it is not seen. */
export function serverState({ state, failure, failedViews, missingPermissions }: ServerReport): Html {
  if (state === 'pending') return html`<span class="open">not polled yet</span>`;
  if (state === 'failed')
    return html`<span class="bad">failed</span>: ${failure === null ? '' : shortFailure(failure)}`;
  const missing = [
    ...(failedViews.length === 0 ? [] : [`${countText(failedViews.length, 'view')} not read`]),
    ...(missingPermissions.length === 0 ? [] : [`lacks ${missingPermissions.join(' and ')}`]),
  ];
  if (missing.length === 0) return html`<span class="good">answered</span>`;
  return html`<span class="warning">answered</span>, but ${missing.join(', ')}`;
}

/** The reason's word, its number and where it was. */
export function shortFailure({ view, reason, errorNumber }: Omit<FailureReport, 'message'>): string {
  const number = errorNumber === null ? '' : `, error ${errorNumber}`;
  return `${reason}${view === null ? '' : ` in ${view}`}${number}`;
}

/** How old what is shown of it is; of a server that failed nothing is shown, and the last answer is told. */
export function dataAge({ state, lastSuccessTimestampSeconds: success }: ServerReport, nowSeconds: number): Part {
  if (success === null) return 'never answered';
  const age = `${durationText(nowSeconds - success)} ago`;
  return state === 'failed' ? html`<span class="bad">none; last answer ${age}</span>` : age;
}

/** `0.012 s`, `1.50 s`. */
export function secondsText(seconds: number): string {
  return `${seconds.toFixed(seconds < 1 ? 3 : 2)} s`;
}
