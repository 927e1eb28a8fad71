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
  // Bidirectional controls and line separators could make a line read as another one, so they are quoted and escaped.
  return /^[^\s="\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u.test(text) ? text : quote(text);
}

function quote(text: string): string {
  const escaped = JSON.stringify(text).replace(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return escaped;
}
