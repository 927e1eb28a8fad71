import { escapeDeceptive, isDeceptive } from './escape.ts';

/**
 * Writes one log record as a logfmt line, as Prometheus' own programs do: `time=… level=info msg="…" server=…`.
 *
 * Not a package: those on npm leave line breaks inside values as they are, so a server's error text could forge
 * a line of its own.
 */
export function formatLogfmt(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${formatKey(key)}=${formatValue(value)}`)
    .join(' ');
}

function formatKey(key: string): string {
  return key.replace(/[\s="\p{Cc}]/gu, '_') || '_';
}

function formatValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return /^[^\s="\\]+$/.test(text) && !isDeceptive(text) ? text : escapeDeceptive(JSON.stringify(text));
}
