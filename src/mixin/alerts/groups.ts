import { mixinConfig, type Settings, settingsOf } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { certificateAlerts } from './certificates.ts';
import { changeAlerts } from './changes.ts';
import { databaseAlerts } from './databases.ts';
import { exporterAlerts } from './exporter.ts';
import { linkAlerts } from './links.ts';
import { pollingAlerts } from './polling.ts';
import { queueAlerts } from './queues.ts';
import { seedingAlerts } from './seeding.ts';
import { sightAlerts } from './sight.ts';

/** Every alert with these settings, worst subject first. */
export function alertGroupsFor(settings: Settings): readonly RuleGroup<AlertRule>[] {
  return [
    linkAlerts,
    sightAlerts,
    databaseAlerts,
    queueAlerts,
    seedingAlerts,
    certificateAlerts,
    changeAlerts,
    pollingAlerts,
    exporterAlerts,
  ].map((group) => group(settings));
}

/** Every alert that ships. */
export const alertGroups = alertGroupsFor(settingsOf(mixinConfig));
