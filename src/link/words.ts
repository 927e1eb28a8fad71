import type { Engine } from '../model/server.ts';
import type { LinkEnd } from './link.ts';

const engineTexts: Readonly<Record<Engine, string>> = {
  sql_server: 'SQL Server',
  managed_instance: 'managed instance',
};

/** One end in words: `sql-prod-01 (SQL Server)`. */
export function describeEnd(end: Pick<LinkEnd, 'server' | 'engine'>): string {
  return `${end.server} (${engineTexts[end.engine]})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `sql-prod-01 (SQL Server) is SECONDARY and mi-prod (managed instance) is without a role`. */
export function roleList(ends: readonly LinkEnd[]): string {
  return listText(ends.map((end) => `${describeEnd(end)} is ${end.role ?? 'without a role'}`));
}
