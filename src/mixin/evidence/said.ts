import type { Settings } from '../config.ts';
import { by, indented, on } from '../matching.ts';
import { freshExporter, freshServer, newestServer } from './series.ts';

/** Labels that series of a poll carry from their target: whose word it is. */
export const exporterLabels = ['job', 'instance'] as const;

/**
 * When it was last said of a server, by the exporter that polled it last, that the expression holds. The expression keeps the
 * labels `job`, `instance` and `server`. What an exporter says whose own polls are old, or whose clock is off, counts for nothing.
 */
export function saidByServer(settings: Settings, keys: readonly string[], expression: string): string {
  return said(settings, { keys, from: [...exporterLabels, 'server'], when: newestServer.name }, expression);
}

/** The same by any exporter, whether its poll of the server succeeded or not. */
export function saidOfServer(settings: Settings, keys: readonly string[], expression: string): string {
  return said(settings, { keys, from: [...exporterLabels, 'server'], when: freshServer.name }, expression);
}

/** When any exporter last said that the expression holds. It keeps the labels `job` and `instance`. */
export function saidByExporter(settings: Settings, keys: readonly string[], expression: string): string {
  return said(settings, { keys, from: exporterLabels, when: freshExporter.name }, expression);
}

interface Source {
  readonly keys: readonly string[];
  readonly from: readonly string[];
  readonly when: string;
}

function said(settings: Settings, { keys, from, when }: Source, expression: string): string {
  return [
    `max ${by(settings, keys)} (`,
    `  group ${by(settings, [...new Set([...from, ...keys])])} (${indented(expression)})`,
    `  * ${on(settings, from)} group_left () ${when}`,
    ')',
  ].join('\n');
}
