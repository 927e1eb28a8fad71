/** A name as T-SQL takes it whatever it holds: `]` is doubled, as QUOTENAME does. */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A text constant, in which `'` is doubled. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}

/** What stands for a name in the statements of the catalogue and of the advice: `[link]`, `[database]`, ... */
export const placeholders = ['link', 'group', 'database', 'endpoint', 'certificate'] as const;

export type Placeholder = (typeof placeholders)[number];

/** Names by placeholder; one that is not known keeps its placeholder, for a person to fill in. */
export type Names = Readonly<Partial<Record<Placeholder, string>>>;

/** A statement with the names filled in, and as it was before. */
export interface Statement {
  readonly text: string;
  readonly template: string;
}

/** Fills names in, each quoted: `[link]` as a name, `N'<database>'` as a text. In one pass: no name is looked into. */
export function fillStatement(template: string, names: Names): Statement {
  const pattern = new RegExp(`\\[(${placeholders.join('|')})\\]|N'<(${placeholders.join('|')})>'`, 'g');
  const text = template.replace(pattern, (whole: string, name?: Placeholder, value?: Placeholder) => {
    const found = names[name ?? value ?? 'link'];
    if (found === undefined) return whole;
    return name === undefined ? quoteText(found) : quoteName(found);
  });
  return { text, template };
}
