/** Columns as they are written by hand, between semicolons. */
export function split(columns: string): readonly string[] {
  return columns
    .trim()
    .split(/;\s+/)
    .map((column) => column.trim());
}
