import { type Account, defaultAccount } from '../../src/simulator/account.ts';
import type { Table } from '../../src/simulator/catalog/table.ts';
import type { Row } from '../../src/simulator/row.ts';
import type { EndName } from '../../src/simulator/world/topology.ts';

/** The usual login, with the right that holds all others. */
export const readerOfAll: Account = { ...defaultAccount, permissions: ['CONTROL SERVER'] };

/** Both ends prepared so that what only some servers have is there. */
const prepared = { leftOverJobs: ['NetHelper'], databases: { encryptor: 'CERTIFICATE' } } as const;
export const preparedForAll = { sqlServer: prepared, managedInstance: prepared } as const;

/** A table's name as it may be written in any database. */
export function nameOf({ database, schema, name }: Table): string {
  return [...(database === undefined ? [] : [database]), schema, name].join('.');
}

/** What jobs show once they ran, and what users made. */
const ofRuns: readonly string[] = ['sysjobservers', 'sysjobsteps', 'sysjobhistory', 'sysjobstepslogs', 'objects'];

/** Whether a table has no row until somebody does something; backups are taken at the primary, SQL Server. */
export function isEmptyAt(end: EndName, table: string): boolean {
  return ofRuns.includes(table) || (end === 'managedInstance' && table === 'backupset');
}

/** Those who are connected to the simulator change with each question: the world's sessions have the ids below. */
const firstConnected = 1001;

/** A condition that leaves out what the reading itself changes. */
export function exceptOfReaders({ name }: Table): string {
  return name === 'dm_exec_sessions' ? ` WHERE session_id < ${firstConnected}` : '';
}

/** The same for a row. */
export function isOfReaders({ name }: Pick<Table, 'name'>, row: Row): boolean {
  return name === 'dm_exec_sessions' && Number(row.session_id) >= firstConnected;
}
