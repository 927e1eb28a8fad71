import { parser } from '@prometheus-io/lezer-promql';

/** One selector in a query. */
export interface Selector {
  readonly metric: string;
  /** `job` -> `=~"$job"`. */
  readonly matchers: Readonly<Record<string, string>>;
  /** The range behind it, `[1m]` without brackets; null for an instant selector. */
  readonly range: string | null;
  /** The functions around it, innermost first; aggregations are none. */
  readonly functions: readonly string[];
}

/** What stands in for Grafana's variables, which are no PromQL: nobody writes this duration. */
const standIn = '3601s';

/** The selectors of a query; syntax errors have their place and text. */
export interface ParsedQuery {
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
}

/** Parses with Prometheus' own grammar; `$__rate_interval` is a duration. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.replaceAll('$__rate_interval', standIn);
  const errors: string[] = [];
  const selectors: Selector[] = [];
  const functions: string[] = [];
  const ranges: string[] = [];
  let open: { metric: string; matchers: Record<string, string> } | null = null;
  parser.parse(text).iterate({
    enter({ name, from, to, type }) {
      const part = text.slice(from, to);
      if (type.isError) errors.push(`at ${from}: ${text.slice(from, from + 30)}`);
      if (name === 'FunctionCall') functions.unshift(part.slice(0, part.indexOf('(')).trim());
      if (name === 'MatrixSelector') ranges.unshift(part.slice(part.lastIndexOf('[') + 1, -1));
      if (name === 'VectorSelector') open = { metric: '', matchers: {} };
      if (open !== null && name === 'Identifier') open.metric = part;
      if (open !== null && name === 'UnquotedLabelMatcher') {
        const [, label = '', matcher = ''] = /^(\w+)\s*(.*)$/s.exec(part) ?? [];
        open.matchers[label] = matcher;
      }
    },
    leave({ name }) {
      if (name === 'FunctionCall') functions.shift();
      if (name === 'MatrixSelector') ranges.shift();
      if (name !== 'VectorSelector' || open === null) return;
      const range = ranges[0]?.replace(standIn, '$__rate_interval') ?? null;
      selectors.push({ ...open, range, functions: [...functions] });
      open = null;
    },
  });
  return { errors, selectors };
}
