/** What a PEM file of a client holds, each block as it stands there. */
export interface ClientPem {
  /** The client's own first, then those above it. */
  readonly certificates: readonly string[];
  /** Null: there is none. */
  readonly privateKey: string | null;
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const keyBlock = /-----BEGIN (?<kind>(?:[A-Z]+ )?PRIVATE KEY)-----.*?-----END \k<kind>-----/s;

/** The blocks of a PEM text, wherever they stand in it; what is around them is dropped. */
export function readClientPem(text: string): ClientPem {
  return { certificates: text.match(certificateBlock) ?? [], privateKey: keyBlock.exec(text)?.[0] ?? null };
}
