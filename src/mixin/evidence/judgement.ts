import type { Settings } from '../config.ts';
import { on } from '../matching.ts';
import { durationSeconds, type RecordingRule } from '../rules.ts';
import { bad, covered, linkDismissed, open, own, serverDismissed, since, told, waits, well } from './series.ts';
import type { Watch } from './watch.ts';
import { forgottenSeconds, windows } from './windows.ts';

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
