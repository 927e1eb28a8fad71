import { isAlert, type RecordingRule, type RuleGroup } from '../../../src/mixin/rules.ts';
import { parseExpression } from './expression.ts';
import { difference, resultLabels } from './labels.ts';
import { lintExpression } from './lint-expression.ts';

/** The evidence and the alerts that are made of it are one group, as they are to be of one moment: Prometheus takes them in order. */
const mostRules = 250;

/** What mixtool, pint and promruval say of groups of rules together. */
export function lintGroups(groups: readonly RuleGroup[]): readonly string[] {
  const rules = groups.flatMap((group) => group.rules);
  const identities = rules.map((rule) =>
    isAlert(rule) ? `${rule.name} ${rule.severity}` : `${rule.record.name} ${rule.labels?.alert ?? ''}`,
  );
  return [
    ...repeated(groups.map(({ name }) => name)).map((name) => `two groups ${name}`),
    ...repeated(identities).map((identity) => `two rules ${identity}`),
    ...repeated(rules.map(({ expression }) => expression)).map((expression) => `twice: ${expression}`),
    ...groups.flatMap(({ name, rules: own }) => {
      const complaints = own.length === 0 || own.length > mostRules ? [`${own.length} rules in ${name}`] : [];
      return /^milink-[a-z-]+$/.test(name) && name.length <= 40 ? complaints : [...complaints, `the name ${name}`];
    }),
    ...rules.flatMap((rule) => (isAlert(rule) ? [] : lintRecord(rule))),
  ];
}

/** The appearance of a number in the error log counts, which `increase` does not see. */
const rawCounters = ['milink_errors_total'];

function lintRecord({ record, expression: text, keys }: RecordingRule): readonly string[] {
  const complaints = lintExpression(text, rawCounters).map((complaint) => `${record.name}: ${complaint}`);
  if (!/^[a-z_]+:[a-z][a-z_]*:[a-z]+(?:_[a-z]+\d+[md]|_seen\d+d)?$/.test(record.name))
    complaints.push(`${record.name} is no level:metric:operations`);
  const { sure, possible } = resultLabels(parseExpression(text), () => undefined) ?? {
    sure: new Set<string>(),
    possible: new Set<string>(),
  };
  // What all alerts share has the labels that its alert is told by.
  if (record.name.startsWith('milink:evidence:') && keys === undefined) return complaints;
  const differing = keys === undefined ? difference(sure, new Set(record.labels)) : difference(possible, new Set(keys));
  return differing.length === 0 ? complaints : [...complaints, `${record.name} is wrong about its labels ${differing}`];
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
