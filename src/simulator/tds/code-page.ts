const decoder = new TextDecoder('windows-1252');

/** Only the 27 characters that 1252 has and Latin-1 has elsewhere; what neither has becomes `?`, as on a real server. */
const specials: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 0x20 }, (_, index) => [decoder.decode(Uint8Array.of(0x80 + index)), 0x80 + index] as const),
);

/** Text in code page 1252, the one of SQL_Latin1_General_CP1_CI_AS. One byte per character. */
export function encodeCodePage(text: string): Buffer {
  if (/^[\0-\x7f]*$/.test(text)) return Buffer.from(text, 'latin1');
  return Buffer.from(Array.from(text, byteOf));
}

/** The text of bytes in code page 1252. */
export function decodeCodePage(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  return specials.get(character) ?? 0x3f;
}
