import type { Statement } from '../ast.ts';
import { done, type Execution, type Step } from './execution.ts';

type Refused = Statement & { readonly kind: 'refused' };

/** DBCC TRACESTATUS, which every login may run. */
export function isTraceStatus({ action, object }: Refused): boolean {
  return action === 'DBCC' && object.at(-1)?.toUpperCase() === 'TRACESTATUS';
}

const smallint = { name: 'smallint' } as const;
const columns = ['TraceFlag', 'Status', 'Global', 'Session'].map((name) => ({ name, type: smallint, nullable: true }));

/** The flags that are asked for, on or off; without any, those that are on. */
export async function* executeTraceStatus(execution: Execution, { rest }: Refused): Step {
  const { traceFlags = [] } = execution.runtime.instance;
  const asked = rest.filter((word) => /^\d+$/.test(word)).map(Number);
  const flags = asked.length > 0 && !rest.includes('-') ? asked : traceFlags;
  const rows = flags.map((flag) => {
    const isOn = Number(traceFlags.includes(flag));
    return [flag, isOn, isOn, 0];
  });
  execution.runtime.rowCount = rows.length;
  yield { kind: 'rows', columns, rows };
  yield done(execution, rows.length);
  return 'next';
}
