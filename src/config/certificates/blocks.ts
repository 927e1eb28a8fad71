const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** The certificates of a PEM text (RFC 7468), each with its marks, in its order; whatever else it holds is left out. */
export function certificateBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let at = text.indexOf(begin);
  while (at >= 0) {
    // Base64 has no hyphen: the first one is the end of this certificate, or it is none.
    const dash = text.indexOf('-', at + begin.length);
    const isWhole = dash >= 0 && text.startsWith(end, dash);
    if (isWhole) blocks.push(text.slice(at, dash + end.length));
    at = text.indexOf(begin, isWhole ? dash + end.length : at + 1);
  }
  return blocks;
}
