import { type DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { UnplacedPanel } from './frame.ts';

/** Grafana's grid has so many columns. */
const gridColumns = 24;

/** Panels side by side, all of one height, in rows of Grafana's grid (about 30 pixels each). */
export interface Line {
  readonly height: number;
  /** Each with its width; together no more than 24. */
  readonly panels: readonly (readonly [width: number, panel: UnplacedPanel])[];
}

/** Panels side by side: of equal width unless their widths are given. */
export function line(
  height: number,
  panels: readonly UnplacedPanel[],
  widths: readonly number[] = panels.map(() => gridColumns / panels.length),
): Line {
  return { height, panels: panels.map((panel, index) => [widths[index] ?? 0, panel]) };
}

/** A titled part of a dashboard, which the reader can fold. */
export interface Section {
  /** Of its own panel: unique in the dashboard among all panels. */
  readonly id: number;
  readonly title: string;
  readonly lines: readonly Line[];
}

/**
 * Puts the sections below each other.
 * @throws Error when a line is wider than the grid.
 */
export function place(dashboard: DashboardBuilder, sections: readonly Section[]): void {
  let y = 0;
  for (const { id, title, lines } of sections) {
    dashboard.withRow(new RowBuilder(title).id(id).gridPos({ x: 0, y, w: gridColumns, h: 1 }));
    y += 1;
    for (const { height, panels } of lines) {
      let x = 0;
      for (const [width, panel] of panels) {
        if (x + width > gridColumns) throw new Error(`"${title}": a line of panels is wider than ${gridColumns}`);
        panel.gridPos({ x, y, w: width, h: height });
        dashboard.withPanel(panel);
        x += width;
      }
      y += height;
    }
  }
}
