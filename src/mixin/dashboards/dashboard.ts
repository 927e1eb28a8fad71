import {
  type AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type DatasourceVariableBuilder,
  type QueryVariableBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { alertAnnotation } from './annotations.ts';
import { place, type Section } from './layout.ts';

/** All dashboards carry it, and reach each other by it. */
const tag = 'milink';

/** What is particular to a dashboard. */
export interface DashboardPlan {
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
