import {
  type AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type DatasourceVariableBuilder,
  type QueryVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { alertAnnotation } from './annotations.ts';
import type { UnplacedPanel } from './frame.ts';

/** All dashboards carry it, and reach each other by it. */
const tag = 'milink';

/** What is particular to a dashboard. */
interface DashboardPlan {
  /** Never changes: links and `dashboard_url` of the alerts name it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly (DatasourceVariableBuilder | QueryVariableBuilder)[];
  /** PromQL for the alerts to mark in the charts. */
  readonly alerts: string;
  /** What else is marked. */
  readonly annotations?: readonly AnnotationQueryBuilder[];
  readonly sections: readonly Section[];
}

/** A dashboard in Grafana's classic JSON model, read-only: it is generated, so changes made in Grafana would be lost. */
export function dashboardOf({
  uid,
  title,
  description,
  variables,
  alerts,
  annotations = [],
  sections,
}: DashboardPlan): Dashboard {
  const builder = new DashboardBuilder(`MI link / ${title}`)
    .uid(uid)
    .description(description)
    .tags([tag])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-6h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .variables([...variables])
    .annotations([alertAnnotation(alerts), ...annotations])
    .links([
      new DashboardLinkBuilder('MI link dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    ]);
  place(builder, sections);
  return builder.build();
}

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
interface Section {
  /** Of its own panel: unique in the dashboard among all panels. */
  readonly id: number;
  readonly title: string;
  readonly lines: readonly Line[];
}

/**
 * Puts the sections below each other.
 * @throws Error when a line is wider than the grid.
 */
function place(dashboard: DashboardBuilder, sections: readonly Section[]): void {
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
