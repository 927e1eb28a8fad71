import type { RuleGroup } from '../../../src/mixin/rules.ts';
import { isAlert } from '../../../src/mixin/rules.ts';
import { parseExpression } from './expression.ts';
import { difference, resultLabels } from './labels.ts';
import { lintExpression } from './lint-expression.ts';

/** What mixtool, pint and promruval say of groups of rules together. */
export function lintGroups(groups: readonly RuleGroup[]): readonly string[] {
  const rules = groups.flatMap((group) => group.rules);
  const identities = rules.map((rule) => (isAlert(rule) ? `${rule.name} ${rule.severity}` : rule.record.name));
  return [
    ...repeated(groups.map(({ name }) => name)).map((name) => `two groups ${name}`),
    ...repeated(identities).map((identity) => `two rules ${identity}`),
    ...repeated(rules.map(({ expression }) => expression)).map((expression) => `twice: ${expression}`),
    ...groups.flatMap(({ name, rules: own }) => {
      const complaints = own.length === 0 || own.length > 20 ? [`${own.length} rules in ${name}`] : [];
      return /^milink-[a-z-]+$/.test(name) && name.length <= 40 ? complaints : [...complaints, `the name ${name}`];
    }),
    ...rules.flatMap((rule) => (isAlert(rule) ? [] : lintRecord(rule.record, rule.expression))),
  ];
}

function lintRecord(
  record: { readonly name: string; readonly labels: readonly string[] },
  text: string,
): readonly string[] {
  const complaints = lintExpression(text).map((complaint) => `${record.name}: ${complaint}`);
  if (!/^[a-z_]+:[a-z][a-z_]*:[a-z]+$/.test(record.name))
    complaints.push(`${record.name} is no level:metric:operations`);
  const { sure } = resultLabels(parseExpression(text), () => undefined) ?? { sure: new Set<string>() };
  const differing = difference(sure, new Set(record.labels));
  return differing.length === 0 ? complaints : [...complaints, `${record.name} is wrong about its labels ${differing}`];
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
