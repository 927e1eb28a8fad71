import type { Chosen } from '../estate/grafana.ts';
import type { DashboardJson } from '../mixin/dashboards/model.ts';
import type { AnsweredPanel } from './answers.ts';
import { drawStat, drawTimeline, drawTimeseries } from './charts.ts';
import { html } from './look.ts';
import { drawTable } from './table.ts';

/** Grafana's grid on a screen of this width: cells of 30 pixels height and 8 between. */
export const pageWidth = 1600;
const cell = { width: (pageWidth - 16) / 24, height: 38 };
const gap = 8;
const headHeight = 84;
const titleHeight = 32;
const legendHeight = 24;

/** A dashboard as a page without scripts; `height` is what it needs. */
export function drawPage(
  dashboard: DashboardJson,
  chosen: Chosen,
  panels: readonly AnsweredPanel[],
): { readonly page: string; readonly height: number } {
  const bottom = Math.max(...panels.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h));
  const variables = Object.entries(chosen).map(([name, value]) => `<b>${html(name)}</b> ${html(value)}`);
  const page = [
    `<!doctype html><meta charset="utf-8"><style>${style}</style>`,
    `<h1>${html(dashboard.title)}</h1><p class="variables">${variables.join(' · ')}</p>`,
    ...panels.map(drawPanel),
  ].join('\n');
  return { page, height: headHeight + bottom * cell.height + gap };
}

function drawPanel(answered: AnsweredPanel): string {
  const { panel } = answered;
  const { x, y, w, h } = panel.gridPos;
  const box = { width: w * cell.width - gap, height: h * cell.height - gap };
  const place = `left:${8 + x * cell.width}px;top:${headHeight + y * cell.height}px;width:${box.width}px;height:${box.height}px`;
  if (panel.type === 'row') return `<section class="row" style="${place}">⌄ ${html(panel.title)}</section>`;
  return `<section style="${place}"><h2>${html(panel.title)}</h2>${drawContent(answered, box)}</section>`;
}

function drawContent(answered: AnsweredPanel, box: { readonly width: number; readonly height: number }): string {
  const { panel, answers } = answered;
  if (answers.every(({ series }) => series.length === 0)) {
    return `<div class="empty">${html(panel.fieldConfig.defaults.noValue ?? 'No data')}</div>`;
  }
  const size = { width: Math.floor(box.width - 16), height: Math.floor(box.height - titleHeight - legendHeight) };
  switch (panel.type) {
    case 'stat':
      return drawStat(answered);
    case 'table':
      return drawTable(answered);
    case 'timeseries':
      return drawTimeseries(answered, size);
    case 'state-timeline':
      return drawTimeline(answered, size);
    default:
      throw new Error(`panels of type ${panel.type} can't be drawn: add them to page.ts`);
  }
}

const style = `
  body { background: #111217; color: #ccccdc; font: 13px Inter, "DejaVu Sans", sans-serif; margin: 0; }
  h1 { font-size: 18px; margin: 14px 8px 4px; } .variables { margin: 0 8px; color: #8e8e99; }
  section { position: absolute; box-sizing: border-box; background: #181b1f; border: 1px solid #2c2e35; overflow: hidden; padding: 0 8px; }
  section.row { background: none; border: none; font-weight: 500; line-height: 30px; }
  h2 { font-size: 14px; font-weight: 500; margin: 0; line-height: ${titleHeight}px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .stats { display: flex; gap: 4px; height: calc(100% - ${titleHeight + 8}px); }
  .stat { flex: 1; color: #fff; font-size: 26px; font-weight: 500; display: flex; align-items: center; justify-content: center; white-space: nowrap; overflow: hidden; }
  .empty { color: #8e8e99; text-align: center; padding: 8px; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; }
  th { text-align: left; color: #6e9fff; font-weight: 500; border-bottom: 1px solid #2c2e35; }
  th, td { height: 34px; padding: 0 6px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  td { border-bottom: 1px solid #22252b; }
  svg { display: block; } text { fill: #8e8e99; font-size: 11px; } polyline { fill: none; stroke-width: 2; } .limit { stroke-dasharray: 6 4; }
  .legend { white-space: nowrap; overflow: hidden; font-size: 11px; } .legend span { margin-right: 12px; } .legend i { display: inline-block; width: 12px; height: 4px; margin-right: 4px; vertical-align: middle; }
`;
