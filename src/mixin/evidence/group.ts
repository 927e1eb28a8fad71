import { type Inhibition, isOn } from '../alertmanager.ts';
import type { Settings } from '../config.ts';
import { on } from '../promql.ts';
import { type AlertRule, durationSeconds, type RecordingRule, type RuleGroup } from '../rules.ts';
import { bad, covered, linkDismissed, open, own, serverDismissed, since, told, waits, well } from './series.ts';
import { alertOf, forgottenSeconds, rightRule, type Watch, watchId, windows, wrongRule } from './watch.ts';

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

/** What comes and goes is told after this long at the earliest: two short stretches of a start are not one fault. */
const flappingSeconds = 300;

/** Between what was seen wrong and what was seen right: of what it is asked whether it is right. */
export function openRule(): RecordingRule {
  return {
    record: open,
    expression: [
      `last_over_time(${bad.name}[${windows.slowFlapping}])`,
      'or',
      `last_over_time(${told.name}[${windows.run}]) >= 0`,
    ].join('\n'),
    why: 'What was wrong lately or is told: of these it is asked whether they are well.',
  };
}

/** The waits of all alerts, by their label. */
export function waitRule(watches: readonly Watch[]): RecordingRule {
  const seconds = [...new Set(watches.map(({ wait }) => durationSeconds(wait)))].sort((a, b) => a - b);
  return {
    record: waits,
    expression: seconds.map((each) => `label_replace(vector(${each}), "wait", "${each}", "", "")`).join('\nor '),
    why: 'How long the alerts wait.',
  };
}

/** What makes alerts of evidence, for all of them at once: after the evidence and before the alerts. */
export function judgementRules(settings: Settings): readonly RecordingRule[] {
  return [sinceRule(), toldRule(settings)];
}

function sinceRule(): RecordingRule {
  const before = `last_over_time(${since.name}[${windows.run}]) >= 0`;
  return {
    record: since,
    expression: [
      `(${before}) and ${own.name}`,
      'or',
      own.name,
      'or',
      `0 * ((${before}) and (${well.name} or ${covered.name})) - 1`,
    ].join('\n'),
    why: 'Since when it is wrong: a scrape or a poll that is lost does not begin it anew, having been seen well or said by another alert does.',
  };
}

function toldRule(settings: Settings): RecordingRule {
  const before = `last_over_time(${told.name}[${windows.memory}]) >= 0`;
  const isOver = [
    `(max_over_time(${well.name}[${windows.over}]) - min_over_time(${well.name}[${windows.over}]) >= 60)`,
    `unless last_over_time(${bad.name}[${windows.over}])`,
  ].join(' ');
  const dismissed = [
    `(${before}) and ${on(settings, ['link', 'managed_instance'])} ${linkDismissed.name}`,
    `last_over_time(${told.name}{link=""}[${windows.memory}]) >= 0 and ${on(settings, ['server'])} ${serverDismissed.name}`,
  ];
  return {
    record: told,
    expression: [
      `${own.name} and (${own.name} - ${since.name} >= on (wait) group_left () ${waits.name})`,
      'or',
      ...flapping(`wait!~"${slowWaits}"`, windows.flapping),
      'or',
      ...flapping(`wait=~"${slowWaits}"`, windows.slowFlapping),
      'or',
      `${bad.name} and (${before})`,
      'or',
      `0 * ((${before}) and (${isOver}) unless ${bad.name} or ${dismissed.join(' or ')}) - 1`,
      'or',
      `(${before}) > time() - ${forgottenSeconds}`,
    ].join('\n'),
    why: `What is told, and when it was last seen: it begins after its wait, or when it was there for two fifths of what was seen in a
      quarter of an hour; it goes on until it is seen to be well, however long nobody looks, a restart of Prometheus included.`,
  };
}

/** Waits of a quarter of an hour and half an hour, and of ten minutes. */
const slowWaits = '600|900|1800';

function flapping(matcher: string, window: string): readonly string[] {
  const [wrong, right] = [`${own.name}{${matcher}}`, `${well.name}{${matcher}}`];
  const span = `(max_over_time(${wrong}[${window}]) - min_over_time(${wrong}[${window}]) >= ${flappingSeconds})`;
  return [
    `${wrong} and (${span} >= on (wait) group_left () ${waits.name})`,
    `  unless count_over_time(${right}[${window}]) > 1.5 * count_over_time(${wrong}[${window}])`,
  ];
}
