import type { BatchParameter } from '../session.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';
import { procedureNames } from './names.ts';
import { NotSimulated, ProtocolError } from './protocol-error.ts';
import { decodeTypedValue } from './value-decode.ts';

/** One parameter of a procedure call; its name is empty when the client gave none. */
export interface RpcParameter extends BatchParameter {
  readonly isOutput: boolean;
  /** The client leaves the value to the procedure (fDefaultValue). */
  readonly isDefault: boolean;
}

/** A procedure call: the parts of its name, without brackets, also when the client sent its number. */
export interface RpcRequest {
  readonly procedure: readonly string[];
  readonly parameters: readonly RpcParameter[];
}

/** ProcIDSwitch: a number follows instead of a name (MS-TDS 2.2.6.6). */
const procedureIdSwitch = 0xffff;
const batchFlag = 0xff;
const noExecFlag = 0xfe;

/** The text of an SQLBATCH message (MS-TDS 2.2.6.7). */
export function decodeSqlBatch(payload: Buffer): string {
  const reader = createByteReader(payload);
  skipHeaders(reader);
  if (reader.remaining() % 2 !== 0) throw new ProtocolError('sql batch: half a character at the end');
  return reader.unicode(reader.remaining() / 2);
}

/** The calls of an RPC message, one or several (MS-TDS 2.2.6.6). NotSimulated for a parameter of another type. */
export function decodeRpc(payload: Buffer): readonly RpcRequest[] {
  const reader = createByteReader(payload);
  skipHeaders(reader);
  const calls: RpcRequest[] = [];
  do calls.push(decodeCall(reader));
  while (reader.remaining() > 0);
  return calls;
}

function decodeCall(reader: ByteReader): RpcRequest {
  const length = reader.uint16();
  const procedure = length === procedureIdSwitch ? [procedureById(reader.uint16())] : nameParts(reader.unicode(length));
  reader.uint16();
  const parameters: RpcParameter[] = [];
  while (reader.remaining() > 0) {
    const nameLength = reader.uint8();
    if (nameLength === noExecFlag) throw new NotSimulated('calls that are not to be executed');
    if (nameLength === batchFlag) break;
    parameters.push(decodeParameter(reader, nameLength));
  }
  return { procedure, parameters };
}

/** ALL_HEADERS (MS-TDS 2.2.5.3): transaction and tracing. The transaction is the session's own anyhow. */
export function skipHeaders(reader: ByteReader): void {
  const total = reader.uint32();
  if (total < 4) throw new ProtocolError(`all headers: ${total} bytes`);
  reader.bytes(total - 4);
}

function procedureById(id: number): string {
  const name = procedureNames.get(id);
  if (name === undefined) throw new ProtocolError(`rpc: no procedure has the number ${id}`);
  return name;
}

const namePart = /\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|([^.[\]"]*)/y;

/** `master..sp_x`, `[sys].[sp_x]` and `"sys"."sp_x"`; a text that is none of these is one part as it stands. */
function nameParts(text: string): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    namePart.lastIndex = at;
    const found = namePart.exec(text);
    if (found === null) return [text];
    const [all, bracketed, quoted, plain] = found;
    parts.push(bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? plain ?? '');
    at += all.length;
    if (at < text.length && text.charAt(at) !== '.') return [text];
  }
  return parts;
}

function decodeParameter(reader: ByteReader, nameLength: number): RpcParameter {
  const name = reader.unicode(nameLength);
  const status = reader.uint8();
  return { name, isOutput: (status & 0x01) !== 0, isDefault: (status & 0x02) !== 0, ...decodeTypedValue(reader) };
}
