import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { azureDashboard } from './azure.ts';
import { certificatesDashboard } from './certificates.ts';
import { exporterDashboard } from './exporter.ts';
import { linkDashboard } from './link.ts';
import { linksDashboard } from './links.ts';
import { seedingDashboard } from './seeding.ts';

/** Every dashboard that ships, the widest view first. */
export function dashboards(): readonly Dashboard[] {
  return [
    linksDashboard(),
    linkDashboard(),
    seedingDashboard(),
    certificatesDashboard(),
    azureDashboard(),
    exporterDashboard(),
  ];
}
