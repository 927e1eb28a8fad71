import type { BatchParameter } from '../session.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';
import { procedureNames } from './names.ts';
import { ProtocolError } from './protocol-error.ts';
import { decodeTypedValue } from './value-decode.ts';

/** One parameter of a procedure call; its name is empty when the client gave none. */
export interface RpcParameter extends BatchParameter {
  readonly isOutput: boolean;
  /** The client leaves the value to the procedure (fDefaultValue). */
  readonly isDefault: boolean;
}

/** A procedure call: its name in lower case without schema, also when the client sent its number. */
export interface RpcRequest {
  readonly procedure: string;
  readonly parameters: readonly RpcParameter[];
}

/** ProcIDSwitch: a number follows instead of a name (MS-TDS 2.2.6.6). */
const procedureIdSwitch = 0xffff;
const firstSeparator = 0xfe;

/** The text of an SQLBATCH message (MS-TDS 2.2.6.7). */
export function decodeSqlBatch(payload: Buffer): string {
  const reader = createByteReader(payload);
  skipHeaders(reader);
  if (reader.remaining() % 2 !== 0) throw new ProtocolError('sql batch: half a character at the end');
  return reader.unicode(reader.remaining() / 2);
}

/** An RPC message (MS-TDS 2.2.6.6); several calls in one message are not supported. */
export function decodeRpc(payload: Buffer): RpcRequest {
  const reader = createByteReader(payload);
  skipHeaders(reader);
  const length = reader.uint16();
  const procedure = length === procedureIdSwitch ? procedureById(reader.uint16()) : reader.unicode(length);
  reader.uint16();
  const parameters: RpcParameter[] = [];
  while (reader.remaining() > 0) parameters.push(decodeParameter(reader));
  return { procedure: procedure.toLowerCase().replace(/^(?:master\.)?(?:sys|dbo)?\./, ''), parameters };
}

/** ALL_HEADERS (MS-TDS 2.2.5.3): transaction and tracing, none of which the simulator has. */
function skipHeaders(reader: ByteReader): void {
  const total = reader.uint32();
  if (total < 4) throw new ProtocolError(`all headers: ${total} bytes`);
  reader.bytes(total - 4);
}

function procedureById(id: number): string {
  const name = procedureNames.get(id);
  if (name === undefined) throw new ProtocolError(`rpc: no procedure has the number ${id}`);
  return name;
}

function decodeParameter(reader: ByteReader): RpcParameter {
  const nameLength = reader.uint8();
  if (nameLength >= firstSeparator) throw new ProtocolError('rpc: several calls in one message are not supported');
  const name = reader.unicode(nameLength);
  const status = reader.uint8();
  return { name, isOutput: (status & 0x01) !== 0, isDefault: (status & 0x02) !== 0, ...decodeTypedValue(reader) };
}
