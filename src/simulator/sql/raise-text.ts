/** RAISERROR's message with its arguments put in, as C's printf does; a missing one is `(null)`. */
export function formatMessage(template: string, args: readonly string[]): string {
  let next = 0;
  return template.replace(/%[-+0 #]*(?:[1-9]\d*)?(?:\.\d+)?(?:I64|[hl])?([diosuxX%])/g, (_, kind: string) => {
    if (kind === '%') return '%';
    const value = args[next] ?? '(null)';
    next += 1;
    return value;
  });
}
