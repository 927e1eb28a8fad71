import type { Permission } from '../model/server.ts';
import { view } from './view.ts';

/**
 * A catalog view without permission returns no rows instead of an error, so the rights are asked for. A name that this
 * server does not know gives NULL: the performance and error-log permissions came with SQL Server 2022.
 */
export const permissions = view({
  name: 'permissions',
  source: null,
  columns: {
    view_server_state: 'int null',
    view_server_performance_state: 'int null',
    view_any_definition: 'int null',
    view_any_error_log: 'int null',
  },
  expressions: {
    view_server_state: probe('VIEW SERVER STATE'),
    view_server_performance_state: probe('VIEW SERVER PERFORMANCE STATE'),
    view_any_definition: probe('VIEW ANY DEFINITION'),
    view_any_error_log: probe('VIEW ANY ERROR LOG'),
  },
  parse: (record) => [
    permission('VIEW SERVER STATE', record.view_server_state),
    permission('VIEW SERVER PERFORMANCE STATE', record.view_server_performance_state),
    permission('VIEW ANY DEFINITION', record.view_any_definition),
    permission('VIEW ANY ERROR LOG', record.view_any_error_log),
  ],
});

function probe(name: string): string {
  return `HAS_PERMS_BY_NAME(NULL, NULL, '${name}')`;
}

function permission(name: string, held: number | null): Permission {
  return { name, held: held === null ? null : held === 1 };
}
