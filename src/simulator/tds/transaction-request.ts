import type { TransactionRequest } from '../session.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';
import { NotSimulated, ProtocolError } from './protocol-error.ts';
import { skipHeaders } from './request.ts';

/** Request types of a transaction manager request (MS-TDS 2.2.6.9). */
const requestType = { begin: 5, commit: 7, rollback: 8, save: 9 } as const;
/** Of the distributed transaction coordinator: its address, a transaction that comes from it, one that goes to it. */
const distributed: readonly number[] = [0, 1, 6];
const highestIsolationLevel = 5;

/** What the client asks of its transactions: after a commit or rollback it may begin the next one at once. */
export function decodeTransactionRequest(payload: Buffer): readonly TransactionRequest[] {
  const reader = createByteReader(payload);
  skipHeaders(reader);
  const type = reader.uint16();
  switch (type) {
    case requestType.begin:
      return [begin(reader)];
    case requestType.commit:
    case requestType.rollback: {
      const action = type === requestType.commit ? 'commit' : 'rollback';
      const ending = { action, name: nameOf(reader) } as const;
      const beginsNext = reader.remaining() > 0 && (reader.uint8() & 1) === 1;
      return beginsNext ? [ending, begin(reader)] : [ending];
    }
    case requestType.save:
      return [{ action: 'save', name: nameOf(reader) }];
    default:
      throw new NotSimulated(
        distributed.includes(type) ? 'distributed transactions' : `transaction requests of type ${type}`,
      );
  }
}

function begin(reader: ByteReader): TransactionRequest {
  const isolationLevel = reader.uint8();
  if (isolationLevel > highestIsolationLevel) throw new ProtocolError(`transaction: isolation level ${isolationLevel}`);
  return { action: 'begin', name: nameOf(reader), isolationLevel };
}

/** A byte of length, which counts bytes. */
function nameOf(reader: ByteReader): string {
  return reader.bytes(reader.uint8()).toString('utf16le');
}
