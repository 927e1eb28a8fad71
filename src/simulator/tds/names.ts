/** Packet types (MS-TDS 2.2.3.1.1). */
export const packetType = {
  sqlBatch: 0x01,
  rpc: 0x03,
  tabularResult: 0x04,
  attention: 0x06,
  bulkLoad: 0x07,
  fedAuthToken: 0x08,
  transactionManager: 0x0e,
  login7: 0x10,
  sspi: 0x11,
  prelogin: 0x12,
} as const;

/** Bits of a packet's status (MS-TDS 2.2.3.1.2). */
export const packetStatus = {
  endOfMessage: 0x01,
  ignore: 0x02,
  resetConnection: 0x08,
  resetKeepTransaction: 0x10,
} as const;

/** PRELOGIN options (MS-TDS 2.2.6.5). */
export const preloginOption = {
  version: 0x00,
  encryption: 0x01,
  instance: 0x02,
  threadId: 0x03,
  mars: 0x04,
  traceId: 0x05,
  fedAuthRequired: 0x06,
  nonce: 0x07,
  terminator: 0xff,
} as const;

/** Values of the PRELOGIN option ENCRYPTION (MS-TDS 2.2.6.5). */
export const encryption = { off: 0x00, on: 0x01, notSupported: 0x02, required: 0x03 } as const;

/** Tokens of an answer (MS-TDS 2.2.7). */
export const token = {
  returnStatus: 0x79,
  colMetadata: 0x81,
  error: 0xaa,
  info: 0xab,
  returnValue: 0xac,
  loginAck: 0xad,
  featureExtAck: 0xae,
  row: 0xd1,
  nbcRow: 0xd2,
  envChange: 0xe3,
  sspi: 0xed,
  fedAuthInfo: 0xee,
  done: 0xfd,
  doneProc: 0xfe,
  doneInProc: 0xff,
} as const;

/** Bits of DONE, DONEPROC and DONEINPROC (MS-TDS 2.2.7.6). */
export const doneStatus = {
  final: 0x00,
  more: 0x01,
  error: 0x02,
  count: 0x10,
  attention: 0x20,
  serverError: 0x100,
} as const;

/** ENVCHANGE types (MS-TDS 2.2.7.9). */
export const envChange = {
  database: 1,
  language: 2,
  packetSize: 4,
  collation: 7,
  beginTransaction: 8,
  commitTransaction: 9,
  rollbackTransaction: 10,
  resetAcknowledged: 18,
  routing: 20,
} as const;

/** Data type bytes (MS-TDS 2.2.5.4). `N` types carry a length with each value and so can be NULL. */
export const dataType = {
  null: 0x1f,
  image: 0x22,
  guid: 0x24,
  varBinaryLegacy: 0x25,
  intN: 0x26,
  varCharLegacy: 0x27,
  dateN: 0x28,
  timeN: 0x29,
  dateTime2N: 0x2a,
  dateTimeOffsetN: 0x2b,
  text: 0x23,
  binaryLegacy: 0x2d,
  charLegacy: 0x2f,
  int1: 0x30,
  bit: 0x32,
  int2: 0x34,
  int4: 0x38,
  smallDateTime: 0x3a,
  float4: 0x3b,
  money: 0x3c,
  dateTime: 0x3d,
  float8: 0x3e,
  nText: 0x63,
  bitN: 0x68,
  decimalN: 0x6a,
  numericN: 0x6c,
  floatN: 0x6d,
  moneyN: 0x6e,
  dateTimeN: 0x6f,
  smallMoney: 0x7a,
  int8: 0x7f,
  bigVarBinary: 0xa5,
  bigVarChar: 0xa7,
  bigBinary: 0xad,
  bigChar: 0xaf,
  variant: 0x62,
  nVarChar: 0xe7,
  nChar: 0xef,
  userDefined: 0xf0,
  xml: 0xf1,
  table: 0xf3,
  json: 0xf4,
  vector: 0xf5,
} as const;

/** Special procedures that a client may name by number (MS-TDS 2.2.6.6). */
export const procedureNames: ReadonlyMap<number, string> = new Map([
  [1, 'sp_cursor'],
  [2, 'sp_cursoropen'],
  [3, 'sp_cursorprepare'],
  [4, 'sp_cursorexecute'],
  [5, 'sp_cursorprepexec'],
  [6, 'sp_cursorunprepare'],
  [7, 'sp_cursorfetch'],
  [8, 'sp_cursoroption'],
  [9, 'sp_cursorclose'],
  [10, 'sp_executesql'],
  [11, 'sp_prepare'],
  [12, 'sp_execute'],
  [13, 'sp_prepexec'],
  [14, 'sp_prepexecrpc'],
  [15, 'sp_unprepare'],
]);

/** TDS versions as LOGIN7 and LOGINACK give them (MS-TDS 2.2.6.4, 2.2.7.14). */
export const tdsVersion = { v72: 0x72090002, v73b: 0x730b0003, v74: 0x74000004, v8: 0x08000000 } as const;

/** SQL_Latin1_General_CP1_CI_AS: LCID 1033, ignore case, kana and width, sort id 52 (MS-TDS 2.2.5.1.2). */
export const collationBytes: Uint8Array = Uint8Array.of(0x09, 0x04, 0xd0, 0x00, 0x34);

/** The length that says `(max)` in TYPE_INFO and NULL in a value (MS-TDS 2.2.5.4.3). */
export const ushortNull = 0xffff;

/** Lengths of partially length-prefixed values (MS-TDS 2.2.5.2.3). */
export const plp = { nullLength: 0xffff_ffff_ffff_ffffn, unknownLength: 0xffff_ffff_ffff_fffen } as const;

/** Packet sizes that LOGIN7 may ask for; 4096 until it has (MS-TDS 2.2.6.4). */
export const packetSizeBytes = { minimum: 512, initial: 4096, maximum: 32767, header: 8 } as const;

/** What one client message may hold. A real server has no such limit; a simulator that listens must. */
export const maximumMessageSizeBytes: number = 16 * 1024 * 1024;
