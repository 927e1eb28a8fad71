import type { BatchEvent, TransactionRequest } from '../session.ts';
import { type SqlError, sqlError } from './errors/errors.ts';
import type { SessionOptions } from './session-options.ts';

/** A session's transactions. Nothing is written here: what is kept is what a client can ask for. */
export interface Transactions {
  /** `@@TRANCOUNT`. */
  count: number;
  /** Of the outermost one, which drivers send with each request; 0 for none. */
  id: bigint;
  /** Its name, lower case; empty for none. */
  name: string;
  /** Lower case, in the order they were set. */
  savepoints: readonly string[];
}

/** What of a session a transaction touches. */
interface Holder {
  readonly transactions: Transactions;
  readonly options: SessionOptions;
}

let lastId = 0n;

export function noTransactions(): Transactions {
  return { count: 0, id: 0n, name: '', savepoints: [] };
}

/** Begins, commits, rolls back or saves; the outermost transaction's begin and end are told to the client (MS-TDS 2.2.7.9). */
export function changeTransactions(holder: Holder, request: TransactionRequest): readonly BatchEvent[] | SqlError {
  const { transactions } = holder;
  if (request.isolationLevel !== undefined && request.isolationLevel > 0) {
    holder.options.isolationLevel = request.isolationLevel;
  }
  switch (request.action) {
    case 'begin':
      return beginTransaction(holder, request.name);
    case 'commit':
      if (transactions.count === 0) return noTransaction(3902, 'COMMIT');
      return transactions.count > 1 ? counted(transactions, -1) : endTransactions(holder, 'commit');
    case 'rollback':
      return rollBack(holder, request.name.toLowerCase());
    case 'save':
      if (transactions.count === 0) {
        return sqlError({ number: 628 }, 'Cannot issue SAVE TRANSACTION when there is no active transaction.');
      }
      transactions.savepoints = [...transactions.savepoints, request.name.toLowerCase()].slice(-savepointLimit);
      return [];
  }
}

/** More than a client of the simulator needs; a real server has no such limit. */
const savepointLimit = 1000;

export function beginTransaction({ transactions }: Holder, name: string): readonly BatchEvent[] {
  if (transactions.count > 0) return counted(transactions, 1);
  lastId += 1n;
  Object.assign(transactions, { count: 1, id: lastId, name: name.toLowerCase(), savepoints: [] });
  return [{ kind: 'transaction', change: 'begin', id: lastId }];
}

/** Ends all of them; none open is nothing to tell. */
export function endTransactions({ transactions }: Holder, change: 'commit' | 'rollback'): readonly BatchEvent[] {
  const { id, count } = transactions;
  Object.assign(transactions, noTransactions());
  return count === 0 ? [] : [{ kind: 'transaction', change, id }];
}

function counted(transactions: Transactions, by: number): readonly BatchEvent[] {
  transactions.count += by;
  return [];
}

/** To a savepoint the transactions stay open; a name is that of the outermost one, or an error. */
function rollBack(holder: Holder, name: string): readonly BatchEvent[] | SqlError {
  const { transactions } = holder;
  if (transactions.count === 0) return noTransaction(3903, 'ROLLBACK');
  const at = name === '' ? -1 : transactions.savepoints.lastIndexOf(name);
  if (at >= 0) {
    transactions.savepoints = transactions.savepoints.slice(0, at + 1);
    return [];
  }
  if (name === '' || name === transactions.name) return endTransactions(holder, 'rollback');
  const message = `Cannot roll back ${name}. No transaction or savepoint of that name was found.`;
  return sqlError({ number: 6401, reach: 'statement' }, message);
}

function noTransaction(number: number, word: string): SqlError {
  const message = `The ${word} TRANSACTION request has no corresponding BEGIN TRANSACTION.`;
  return sqlError({ number, reach: 'statement' }, message);
}
