import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type DatasourceVariableBuilder,
  type QueryVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { linkVerdict } from '../../metrics/families/link.ts';
import { replicaRoleChangedTimestampSeconds } from '../../metrics/families/replica.ts';
import { type Matchers, type Metric, selectorWith } from '../promql.ts';
import { datasource, type UnplacedPanel } from './panels.ts';
import { byLink } from './queries.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

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

/** What Prometheus itself says of each alert that is pending or firing. */
const alertSeries: Metric<'alertname' | 'alertstate' | 'severity' | 'link' | 'managed_instance' | 'server'> = {
  name: 'ALERTS',
  labels: ['alertname', 'alertstate', 'severity', 'link', 'managed_instance', 'server'],
};

/** All alerts of the mixin have this prefix. */
const firing = selectorWith({ alertname: { matches: 'Milink.+' }, alertstate: 'firing' });

/**
 * The firing alerts of what the reader chose. An alert about a link has no server and the other way round, and alerts have no
 * job or instance, since they count each thing once however many exporters see it: a label that is missing matches too.
 */
export function firingAlerts(chosen: readonly ('link' | 'managed_instance' | 'server')[]): string {
  const matchers: Matchers<'link' | 'managed_instance' | 'server'> = Object.fromEntries(
    chosen.map((label) => [label, { matches: `$${label}|` }]),
  );
  return firing(alertSeries, matchers);
}

/** Marks in every chart when an alert fired. */
function alertAnnotation(expression: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Alerts')
    .datasource(datasource)
    .enable(true)
    .iconColor('red')
    .expr(expression)
    .step('30s')
    .titleFormat('{{alertname}}')
    .textFormat('{{severity}} {{link}} {{managed_instance}} {{database}} {{server}}')
    .tagKeys('severity');
}

/** Marks when an end became PRIMARY or SECONDARY: the value itself is the time, in Grafana's milliseconds. */
export function roleAnnotation(): AnnotationQueryBuilder {
  const changed = select(replicaRoleChangedTimestampSeconds, { ...chosenLink, ...chosenServer });
  return new AnnotationQueryBuilder()
    .name('Role changes')
    .datasource(datasource)
    .enable(true)
    .iconColor('blue')
    .expr(`1000 * max by (server, link, managed_instance, role) (${changed})`)
    .step('30s')
    .useValueForTime(true)
    .titleFormat('{{server}} became {{role}}')
    .textFormat('{{link}} {{managed_instance}}')
    .tagKeys('role');
}

/** Marks for how long the link was anything but healthy. */
export function verdictAnnotation(): AnnotationQueryBuilder {
  const verdicts = select(linkVerdict, { ...chosenLink, verdict: { not: 'healthy' } });
  return new AnnotationQueryBuilder()
    .name('Verdicts')
    .datasource(datasource)
    .enable(true)
    .iconColor('orange')
    .expr(`max ${byLink.replace(')', ', verdict)')} (${verdicts}) == 1`)
    .step('30s')
    .titleFormat('{{verdict}}')
    .textFormat('{{link}} {{managed_instance}}')
    .tagKeys('verdict');
}
