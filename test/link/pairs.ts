import type { ServerState } from '../../src/model/server-state.ts';
import { polledServer } from './server-state.ts';

/** So many pairs of servers, each with a link of its own. */
export function pairs(count: number): readonly ServerState[] {
  return Array.from({ length: count }, (_, index) => `${index}`).flatMap((name) => {
    const at = { link: `DAG_${name}`, managedInstance: `mi-${name}`, sqlHost: `sql-${name}.example` };
    const serverName = `mi-${name}.0123abcd.database.windows.net`;
    return [
      polledServer(`sql-${name}`, 'sql_server', { links: [at], facts: { serverName: `SQL-${name}` } }),
      polledServer(`mi-${name}`, 'managed_instance', { links: [{ ...at, role: 'SECONDARY' }], facts: { serverName } }),
    ];
  });
}
