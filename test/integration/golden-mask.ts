import type { Format } from '../../src/metrics/exposition.ts';

/**
 * Makes a page of a fixed clock the same in every run. The one rule: what the exporter measures of its own process is not
 * compared. So the families `process_*` and `nodejs_*`, which say what the process needs, and that of the loop's lateness are cut; the
 * values of `milink_exporter_http_*` are written as 0; the label values of `milink_exporter_build_info` are written as `-`. Every
 * other byte is compared.
 */
export function maskPage(page: string): string {
  return page
    .split('\n')
    .filter((line) => !/^(?:# (?:HELP|TYPE|UNIT) )?(?:process|nodejs|milink_exporter_loop)_/.test(line))
    .map((line) => {
      if (line.startsWith('milink_exporter_http_')) return line.replace(/ [^ ]+$/, ' 0');
      return line.startsWith('milink_exporter_build_info') ? line.replaceAll(/"[^"]*"/g, '"-"') : line;
    })
    .join('\n');
}

/** The Accept header that asks for each format, and the name that its goldens end in. */
export const formats = [
  { format: 'text', accept: 'text/plain;version=0.0.4', extension: 'prom' },
  { format: 'openmetrics', accept: 'application/openmetrics-text;version=1.0.0', extension: 'om' },
] as const satisfies readonly { readonly format: Format; readonly accept: string; readonly extension: string }[];
