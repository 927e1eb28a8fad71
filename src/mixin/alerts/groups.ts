import { inhibitions } from '../alertmanager.ts';
import { mixinConfig, type Settings, settingsOf } from '../config.ts';
import { alertsOf, judgedGroup, type WatchGroup } from '../evidence/group.ts';
import { memoryRules } from '../evidence/memory.ts';
import type { Watch } from '../evidence/watch.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { azureAlerts } from './azure.ts';
import { certificateAlerts } from './certificates.ts';
import { changeAlerts } from './changes.ts';
import { databaseAlerts } from './databases.ts';
import { exporterAlerts } from './exporter.ts';
import { findingAlerts } from './findings/group.ts';
import { linkAlerts } from './links.ts';
import { pollingAlerts } from './polling.ts';
import { prometheusAlerts } from './prometheus.ts';
import { queueAlerts } from './queues.ts';
import { seedingAlerts } from './seeding.ts';
import { sightAlerts } from './sight.ts';

function watchGroups(settings: Settings): readonly WatchGroup[] {
  return [
    linkAlerts,
    sightAlerts,
    findingAlerts,
    databaseAlerts,
    queueAlerts,
    seedingAlerts,
    certificateAlerts,
    changeAlerts,
    pollingAlerts,
    azureAlerts,
    exporterAlerts,
    prometheusAlerts,
  ].map((group) => group(settings));
}

/** Every group of the rule file with these settings: what is remembered, and then the alerts, worst subject first. */
export function ruleGroupsFor(settings: Settings): readonly RuleGroup[] {
  const groups = watchGroups(settings);
  const plain = groups.flatMap(({ name, plain: rules = [] }) => (rules.length === 0 ? [] : [{ name, rules }]));
  return [judgedGroup(settings, 'milink-alerts', { before: memoryRules(settings), groups, inhibitions }), ...plain];
}

/** Every alert that is judged by evidence. */
export function watchesFor(settings: Settings): readonly Watch[] {
  return watchGroups(settings).flatMap(({ watches }) => watches);
}

/** The alerts alone, in their groups. */
function alertGroupsFor(settings: Settings): readonly RuleGroup<AlertRule>[] {
  return watchGroups(settings).map((group) => ({ name: group.name, rules: alertsOf(settings, group) }));
}

/** Every alert that ships. */
export const alertGroups = alertGroupsFor(settingsOf(mixinConfig));
