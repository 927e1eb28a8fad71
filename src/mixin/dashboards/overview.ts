import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { linksNow, primaryEnds, seedingProgress, verdictHistory } from './overview-links.ts';
import { certificates, failedPolls, oldestData, pollDurations, serversNotPolled } from './overview-servers.ts';
import { dashboardVariables } from './variables.ts';

/** All dashboards carry it, and reach each other by it. */
const tag = 'milink';

/** The estate at a glance: what is wrong with which link, and whether the exporter can see. */
export function overviewDashboard(): Dashboard {
  const builder = new DashboardBuilder('MI link / overview')
    .uid('milink-overview')
    .description('Every managed instance link that the exporters watch: verdicts, roles, seeding, certificates, polls.')
    .tags([tag])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-6h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .variables(dashboardVariables())
    .links([
      new DashboardLinkBuilder('MI link dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    ]);
  const panels = [
    linksNow(),
    serversNotPolled(),
    oldestData(),
    verdictHistory(),
    primaryEnds(),
    seedingProgress(),
    certificates(),
    failedPolls(),
    pollDurations(),
  ];
  for (const panel of panels) builder.withPanel(panel);
  return builder.build();
}
