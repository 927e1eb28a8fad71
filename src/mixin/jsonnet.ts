import { derivedSettings, identityListJsonnet } from './config.ts';
import { environmentVariable, selecting } from './dashboards/variables.ts';
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
      all.map(({ name, interval, rules }) => ({
        name,
        ...(interval === undefined ? {} : { interval }),
        rules: rules.map((rule) => prometheusRule(rule, bases)),
      })),
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
    ...keptToEnvironmentJsonnet,
    ...Object.entries(dashboards).map(
      ([name, path]) => `    ${JSON.stringify(name)}: kept(import ${JSON.stringify(path)}),`,
    ),
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

/** What `keptToEnvironment` does, for those who import the dashboards. */
const keptToEnvironmentJsonnet: readonly string[] = [
  '    local labels = $._config.identityList,',
  `    local matchers = std.join('', [label + '="$' + label + '",' for label in labels]),`,
  '    local everyText(value, change) =',
  '      if std.isString(value) then change(value)',
  '      else if std.isArray(value) then [everyText(item, change) for item in value]',
  '      else if std.isObject(value) then { [key]: everyText(value[key], change) for key in std.objectFields(value) }',
  '      else value,',
  `    local selecting = ${JSON.stringify(selecting)},`,
  "    local keeping(text) = std.foldl(function(all, pair) std.strReplace(all, pair[0], std.strReplace(pair[1], '%s', matchers)), selecting, text),",
  `    local variable = ${JSON.stringify(environmentVariable)},`,
  '    local kept(dashboard) = if std.length(labels) == 0 then dashboard else',
  '      local changed = everyText(dashboard, keeping);',
  '      local list = changed.templating.list;',
  "      local own = [everyText(variable, function(text) std.strReplace(text, '%s', label)) for label in labels];",
  '      changed { templating+: { list: [list[0]] + own + list[1:] } },',
];

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

/** A text with references to `_config`, joined from its pieces: jsonnet's own format takes a hundred times as long. */
function text(data: string): string {
  return data
    .split(/(%\(\w+\)s)/)
    .map((piece) => piece.replace(/^%\((\w+)\)s$/, '$._config.$1'))
    .map((piece, index) => (index % 2 === 1 ? piece : JSON.stringify(piece)))
    .filter((piece, index) => index === 0 || piece !== '""')
    .join(' + ');
}
