import type { RoleTurn } from '../model/history.ts';
import type { Engine } from '../model/server.ts';
import type { LinkEnd } from './data/end.ts';

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

/** `between 2026-11-21 03:11:45 and 03:12:00 UTC`: whole seconds, never narrower than what is known. */
export function betweenText({
  afterTimestampSeconds: after,
  byTimestampSeconds: by,
}: Pick<RoleTurn, 'afterTimestampSeconds' | 'byTimestampSeconds'>): string {
  const [first, last] = [utcText(Math.floor(after)), utcText(Math.ceil(by))];
  if (first === null || last === null) return 'at a time that is out of range';
  if (first === last) return `at ${first} UTC`;
  const isSameDay = first.slice(0, 10) === last.slice(0, 10);
  return `between ${first} and ${isSameDay ? last.slice(11) : last} UTC`;
}

/** Null for what no calendar holds. */
function utcText(seconds: number): string | null {
  if (!(Math.abs(seconds) <= 8.64e12)) return null;
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
