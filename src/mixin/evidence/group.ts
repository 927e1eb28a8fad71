import { type Inhibition, isOn } from '../alertmanager/inhibitions.ts';
import type { Settings } from '../config.ts';
import { on } from '../matching.ts';
import type { AlertRule, RecordingRule, RuleGroup } from '../rules.ts';
import { judgementRules, openRule, waitRule } from './judgement.ts';
import { bad, covered, own, told } from './series.ts';
import { alertOf, rightRule, type Watch, watchId, wrongRule } from './watch.ts';

/** Alerts of one subject. */
export interface WatchGroup {
  readonly name: string;
  readonly watches: readonly Watch[];
  /** Alerts about Prometheus itself, which needs no evidence of anybody: a group of their own. */
  readonly plain?: readonly AlertRule[];
}

/** What a group judges, and which of its alerts follow from others. */
interface Judged {
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

/** Watches of which the first ones say what the second ones would say too, by labels that have to be the same. */
interface Covering {
  readonly sources: readonly Watch[];
  readonly targets: readonly Watch[];
  readonly equal: readonly string[];
  readonly labelled: string | undefined;
}

/** The inhibitions, each with the alerts that it is about: several where the name has to be the same. */
export function coveringsOf(watches: readonly Watch[], inhibitions: readonly Inhibition[]): readonly Covering[] {
  return inhibitions.flatMap(({ source, target, equal }) => {
    const sources = watches.filter((watch) => isOn(source, watch));
    const targets = watches.filter((watch) => isOn(target, watch));
    const labelled = source.labelled;
    if (!equal.includes('alertname')) return [{ sources, targets, equal, labelled }];
    const labels = equal.filter((label) => label !== 'alertname');
    return sources.flatMap((each) => {
      const namesakes = targets.filter(({ name }) => name === each.name);
      return namesakes.length === 0 ? [] : [{ sources: [each], targets: namesakes, equal: labels, labelled }];
    });
  });
}

/**
 * What Alertmanager would keep back is not begun: else an alert that is over a poll later than the one that it follows from would
 * be told then, and one that waits for less would be told before it. After what was seen wrong.
 */
export function coveredRules(settings: Settings, coverings: readonly Covering[]): readonly RecordingRule[] {
  return [
    {
      record: covered,
      expression: coverings
        .map(({ sources, targets, equal, labelled }) => {
          const matchers = `${alertIs(sources)}${labelled === undefined ? '' : `,${labelled}!=""`}`;
          const says = `(${bad.name}{${matchers}} or ${told.name}{${matchers}} >= 0)`;
          return `${bad.name}{${alertIs(targets)}} and ${on(settings, equal)} ${says}`;
        })
        .join('\nor '),
      why: 'What is wrong, and said by an alert that it follows from: as long as that one is told, this one is not begun.',
    },
    {
      record: own,
      expression: `${bad.name} unless ${covered.name}`,
      why: 'What is wrong, and said by no other alert.',
    },
  ];
}

/** `alert="a"`, and `alert=~"a|b"`. */
function alertIs(watches: readonly Watch[]): string {
  return `alert=${watches.length === 1 ? '' : '~'}"${watches.map(watchId).join('|')}"`;
}
