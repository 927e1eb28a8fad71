import type { SqlErrorInfo } from '../session.ts';
import type { ColumnType, SqlType, SqlValue } from '../sql-type.ts';
import type { ByteWriter } from './byte-writer.ts';
import { feature } from './login7-features.ts';
import { collationBytes, doneStatus, envChange, token } from './names.ts';
import { parseProductVersion } from './prelogin.ts';
import { encodeTypeInfo } from './type-info.ts';
import { encodeValue } from './value-encode.ts';

/** SELECT, in the CurCmd of DONE (MS-TDS 2.2.7.6). */
const selectCommand = 0xc1;
/** With the two NULs that real servers send after it (MS-TDS 4.4). */
const programName = 'Microsoft SQL Server\0\0';

function sized(writer: ByteWriter, kind: number, write: () => void): void {
  writer.uint8(kind);
  const at = writer.length;
  writer.uint16(0);
  write();
  writer.patchUint16(at, writer.length - at - 2);
}

/** ERROR, or INFO for a class of 10 and below (MS-TDS 2.2.7.10, 2.2.7.13). */
export function encodeMessage(writer: ByteWriter, message: SqlErrorInfo, serverName: string): void {
  sized(writer, message.class > 10 ? token.error : token.info, () => {
    writer.int32(message.number);
    writer.uint8(message.state);
    writer.uint8(message.class);
    // What a real server cuts messages at: 2047 characters (RAISERROR); the token's length has two bytes.
    writer.longText(message.message.slice(0, 2047));
    writer.shortText(serverName);
    writer.shortText(message.procedure ?? '');
    writer.int32(message.line);
  });
}

/** ENVCHANGE of a text: database, language, packet size (MS-TDS 2.2.7.9). */
export function encodeTextChange(
  writer: ByteWriter,
  kind: 'database' | 'language' | 'packetSize',
  values: { readonly from: string; readonly to: string },
): void {
  sized(writer, token.envChange, () => {
    writer.uint8(envChange[kind]);
    writer.shortText(values.to);
    writer.shortText(values.from);
  });
}

/** What a login answers: the change of database, and the message that names it (5701). */
export function encodeDatabaseChange(
  writer: ByteWriter,
  change: { readonly from: string; readonly to: string },
  serverName: string,
): void {
  encodeTextChange(writer, 'database', change);
  const message = `Changed database context to '${change.to}'.`;
  encodeMessage(writer, { number: 5701, state: 2, class: 0, message, line: 1 }, serverName);
}

/** ENVCHANGE that gives the session's collation, with no old value (MS-TDS 2.2.7.9). */
export function encodeCollationChange(writer: ByteWriter): void {
  sized(writer, token.envChange, () => {
    writer.uint8(envChange.collation);
    writer.uint8(collationBytes.length);
    writer.bytes(collationBytes);
    writer.uint8(0);
  });
}

/** ENVCHANGE that acknowledges RESETCONNECTION: no values (MS-TDS 2.2.7.9). */
export function encodeResetAcknowledged(writer: ByteWriter): void {
  sized(writer, token.envChange, () => {
    writer.uint8(envChange.resetAcknowledged);
    writer.uint16(0);
  });
}

const transactionChange = {
  begin: envChange.beginTransaction,
  commit: envChange.commitTransaction,
  rollback: envChange.rollbackTransaction,
} as const;

/** ENVCHANGE of the transaction: its id is the new value at the begin, the old one at the end (MS-TDS 2.2.7.9). */
export function encodeTransactionChange(
  writer: ByteWriter,
  { change, id }: { readonly change: keyof typeof transactionChange; readonly id: bigint },
): void {
  sized(writer, token.envChange, () => {
    writer.uint8(transactionChange[change]);
    if (change !== 'begin') writer.uint8(0);
    writer.uint8(8);
    writer.uint64(id);
    if (change === 'begin') writer.uint8(0);
  });
}

/** ENVCHANGE that sends the client on to another address: protocol TCP, port, name; no old value (MS-TDS 2.2.7.9). */
export function encodeRouting(
  writer: ByteWriter,
  { host, port }: { readonly host: string; readonly port: number },
): void {
  sized(writer, token.envChange, () => {
    writer.uint8(envChange.routing);
    writer.uint16(5 + host.length * 2);
    writer.uint8(0);
    writer.uint16(port);
    writer.longText(host);
    writer.uint16(0);
  });
}

/** SSPI: the next message of Windows authentication (MS-TDS 2.2.7.22). */
export function encodeSspi(writer: ByteWriter, message: Uint8Array): void {
  sized(writer, token.sspi, () => writer.bytes(message));
}

/** FEDAUTHINFO: where to get a token, and for what: both as the server was told (MS-TDS 2.2.7.12). */
export function encodeFedAuthInfo(
  writer: ByteWriter,
  info: { readonly authority: string; readonly resource: string },
): void {
  const texts = [
    [fedAuthInfo.authority, Buffer.from(info.authority, 'utf16le')],
    [fedAuthInfo.resource, Buffer.from(info.resource, 'utf16le')],
  ] as const;
  const headerBytes = 4 + texts.length * 9;
  writer.uint8(token.fedAuthInfo);
  writer.uint32(headerBytes + texts.reduce((sum, [, text]) => sum + text.length, 0));
  writer.uint32(texts.length);
  let offset = headerBytes;
  for (const [id, text] of texts) {
    writer.uint8(id);
    writer.uint32(text.length);
    writer.uint32(offset);
    offset += text.length;
  }
  for (const [, text] of texts) writer.bytes(text);
}

const fedAuthInfo = { authority: 1, resource: 2 } as const;

/** FEATUREEXTACK of FEDAUTH, with nothing in it as the client sent no nonce (MS-TDS 2.2.7.11). */
export function encodeFedAuthAck(writer: ByteWriter): void {
  writer.uint8(token.featureExtAck);
  writer.uint8(feature.fedAuth);
  writer.uint32(0);
  writer.uint8(feature.terminator);
}

/** LOGINACK: T-SQL, the version asked for, program name and version (MS-TDS 2.2.7.14). */
export function encodeLoginAck(writer: ByteWriter, tdsVersion: number, productVersion: string): void {
  const [major, minor, build] = parseProductVersion(productVersion);
  sized(writer, token.loginAck, () => {
    writer.uint8(1);
    writer.uint32BigEndian(tdsVersion);
    writer.shortText(programName);
    writer.uint8(major);
    writer.uint8(minor);
    writer.uint16BigEndian(build);
  });
}

const columnFlags = { nullable: 0x01, computed: 0x20 } as const;

/** COLMETADATA (MS-TDS 2.2.7.4). All columns count as computed: results of system views can't be updated. */
export function encodeColMetadata(writer: ByteWriter, columns: readonly ColumnType[]): void {
  writer.uint8(token.colMetadata);
  writer.uint16(columns.length);
  for (const column of columns) {
    writer.uint32(0);
    writer.uint16(columnFlags.computed | (column.nullable ? columnFlags.nullable : 0));
    encodeTypeInfo(writer, column.type, column.nullable);
    writer.shortText(column.name);
  }
}

/**
 * ROW, or NBCROW when the client knows it and there is a NULL (MS-TDS 2.2.7.19, 2.2.7.15). Error, naming the column, for
 * a value that is not of its column's type; nothing is written then.
 */
export function encodeRow(
  writer: ByteWriter,
  columns: readonly ColumnType[],
  row: { readonly values: readonly SqlValue[]; readonly nullBitmap: boolean; readonly roomBytes?: number },
): void {
  const start = writer.length;
  const { values } = row;
  if (values.length !== columns.length) throw new Error(`a row of ${values.length} values, ${columns.length} columns`);
  const compressed = row.nullBitmap && values.includes(null);
  writer.uint8(compressed ? token.nbcRow : token.row);
  if (compressed) writer.bytes(nullBitmap(values));
  for (const [index, column] of columns.entries()) {
    const value = values[index] ?? null;
    if (value === null && compressed) continue;
    try {
      encodeValue(writer, column, value, row.roomBytes);
    } catch (error) {
      writer.truncate(start);
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`column ${column.name} (${column.type.name}): ${reason}`, { cause: error });
    }
  }
}

function nullBitmap(values: readonly SqlValue[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries()) {
    if (value === null) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bitmap;
}

/** What DONE says. `rowCount` null is a statement that counts no rows. */
export interface Done {
  readonly kind: 'done' | 'doneProc' | 'doneInProc';
  readonly rowCount: number | null;
  readonly isSelect: boolean;
  /** Bits of `doneStatus` beside the one that says that there is a count. */
  readonly status: number;
}

/** DONE, DONEPROC or DONEINPROC, with the 64-bit count of TDS 7.2 and later (MS-TDS 2.2.7.6 to 2.2.7.8). */
export function encodeDone(writer: ByteWriter, done: Done): void {
  writer.uint8(token[done.kind]);
  writer.uint16(done.status | (done.rowCount === null ? 0 : doneStatus.count));
  writer.uint16(done.isSelect ? selectCommand : 0);
  writer.uint64(BigInt(done.rowCount ?? 0));
}

/** RETURNSTATUS of a procedure (MS-TDS 2.2.7.18). */
export function encodeReturnStatus(writer: ByteWriter, status: number): void {
  writer.uint8(token.returnStatus);
  writer.int32(status);
}

/** An output parameter at the end of its procedure. */
export interface ReturnValue {
  readonly ordinal: number;
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** RETURNVALUE of an output parameter (MS-TDS 2.2.7.19). */
export function encodeReturnValue(writer: ByteWriter, parameter: ReturnValue, roomBytes?: number): void {
  const { type, value } = parameter;
  writer.uint8(token.returnValue);
  writer.uint16(parameter.ordinal);
  writer.shortText(parameter.name);
  writer.uint8(1);
  writer.uint32(0);
  writer.uint16(0);
  encodeTypeInfo(writer, type, true);
  encodeValue(writer, { type, nullable: true }, value, roomBytes);
}
