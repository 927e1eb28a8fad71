import type { Inhibition } from '../alertmanager/inhibitions.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RecordingRule, RuleGroup } from '../rules.ts';
import { coveredRules, coveringsOf } from './covered.ts';
import { judgementRules, openRule, waitRule } from './judgement.ts';
import { alertOf, rightRule, type Watch, wrongRule } from './watch.ts';

/** Alerts of one subject. */
export interface WatchGroup {
  readonly name: string;
  readonly watches: readonly Watch[];
  /** Alerts about Prometheus itself, which needs no evidence of anybody: a group of their own. */
  readonly plain?: readonly AlertRule[];
}

/** What a group judges, and which of its alerts follow from others. */
export interface Judged {
  readonly before: readonly RecordingRule[];
  readonly groups: readonly WatchGroup[];
  readonly inhibitions: readonly Inhibition[];
}

/**
 * All watched alerts as one group of Prometheus, which evaluates it from top to bottom: what was seen wrong and what of
 * that another alert says, what was seen right, what is made of it, and the alerts, all of one moment.
 */
export function judgedGroup(settings: Settings, name: string, { before, groups, inhibitions }: Judged): RuleGroup {
  const watches = groups.flatMap((group) => group.watches);
  return {
    name,
    rules: [
      ...before,
      waitRule(watches),
      ...watches.map(wrongRule),
      ...coveredRules(settings, coveringsOf(watches, inhibitions)),
      openRule(),
      ...watches.map((watch) => rightRule(settings, watch)),
      ...judgementRules(settings),
      ...watches.map((watch) => alertOf(settings, watch)),
    ],
  };
}

/** The alerts of a group without what they are made of. */
export function alertsOf(settings: Settings, { watches, plain = [] }: WatchGroup): readonly AlertRule[] {
  return [...watches.map((watch) => alertOf(settings, watch)), ...plain];
}
