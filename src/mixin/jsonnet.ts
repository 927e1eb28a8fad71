import { derivedSettings, identityListJsonnet } from './config.ts';
import { type AnnotationBases, prometheusRule } from './rule-file.ts';
import type { RuleGroup } from './rules.ts';

/** What a mixin consists of. Rules and bases are written with `jsonnetSettings`. */
export interface Mixin {
  readonly head: readonly string[];
  readonly config: Readonly<Record<string, string | number>>;
  readonly alerts: readonly RuleGroup[];
  readonly records: readonly RuleGroup[];
  readonly bases: AnnotationBases;
  /** Dashboards by file name, each with the path of its JSON from the mixin. */
  readonly dashboards: Readonly<Record<string, string>>;
}

/** A mixin for jsonnet: `_config`, `grafanaDashboards`, `prometheusAlerts`, `prometheusRules`. JSON is jsonnet. */
export function mixinLibsonnet({ head, config, alerts, records, bases, dashboards }: Mixin): string {
  const groups = (all: readonly RuleGroup[]): string =>
    value(
      all.map(({ name, rules }) => ({ name, rules: rules.map((rule) => prometheusRule(rule, bases)) })),
      '    ',
    );
  return [
    ...head.map((line) => `// ${line}`),
    '{',
    `  _config+:: ${value(config, '  ')} + {`,
    `    identityList:: ${identityListJsonnet},`,
    ...Object.entries(derivedSettings).map(([key, { jsonnet }]) => `    ${key}:: ${jsonnet},`),
    '  },',
    '  grafanaDashboards+:: {',
    ...Object.entries(dashboards).map(([name, path]) => `    ${JSON.stringify(name)}: import ${JSON.stringify(path)},`),
    '  },',
    '  prometheusAlerts+:: {',
    `    groups+: ${groups(alerts)},`,
    '  },',
    '  prometheusRules+:: {',
    `    groups+: ${groups(records)},`,
    '  },',
    '}',
    '',
  ].join('\n');
}

function value(data: unknown, margin: string): string {
  if (typeof data === 'string') return text(data);
  if (Array.isArray(data))
    return block(
      '[]',
      data.map((item) => value(item, `${margin}  `)),
      margin,
    );
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  const entries = Object.entries(data).map(([key, item]) => `${JSON.stringify(key)}: ${value(item, `${margin}  `)}`);
  return block('{}', entries, margin);
}

function block([open, close]: string | readonly string[], items: readonly string[], margin: string): string {
  return [open, ...items.map((item) => `${margin}  ${item},`), `${margin}${close}`].join('\n');
}

/** A text with references to `_config`; every other percent sign stands for itself. */
function text(data: string): string {
  const literal = JSON.stringify(data);
  return /%\(\w+\)s/.test(data) ? `${literal.replaceAll(/%(?!\(\w+\)s)/g, '%%')} % $._config` : literal;
}
