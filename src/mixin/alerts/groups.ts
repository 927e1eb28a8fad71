import type { RuleGroup } from '../rules.ts';
import { certificateAlerts } from './certificates.ts';
import { linkAlerts } from './links.ts';
import { pollingAlerts } from './polling.ts';

/** Every alert that ships, worst subject first. */
export const alertGroups: readonly RuleGroup[] = [linkAlerts, certificateAlerts, pollingAlerts];
