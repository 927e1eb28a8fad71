import { catalogue } from '../metrics/catalogue.ts';
import { ruleGroupsFor } from './alerts/groups.ts';
import type { Settings } from './config.ts';

/** The state families that the alerts are made from, as a source of the exporter, which the mixin is no part of. */
export function neededByAlertsFile(settings: Settings): string {
  const text = ruleGroupsFor(settings)
    .flatMap(({ rules }) => rules.map(({ expression }) => expression))
    .join('\n');
  const used = new Set([...text.matchAll(/(?<![\w:])milink_\w+/g)].map(([name]) => name));
  const names = catalogue.map(({ name }) => name).filter((name) => used.has(name));
  return [
    '// Generated from src/mixin by `npm run generate`: edit that, not this file.',
    '',
    '/** Families without which a shipped alert is silent, or wrong. */',
    'export const neededByAlerts: readonly string[] = [',
    ...names.map((name) => `  '${name}',`),
    '];',
    '',
  ].join('\n');
}
