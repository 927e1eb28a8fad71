/** What goes wrong on the wire, on purpose. It holds for connections that are open as well as for new ones. */
export type WireFaults =
  | { readonly kind: 'none' }
  /** Accepts each new connection and resets it at once (RST). A port that refuses is a server that is closed. */
  | { readonly kind: 'reset_on_connect' }
  /** Accepts new connections, reads what they send and never answers. */
  | { readonly kind: 'hang_before_login' }
  /** Never answers a batch or procedure call; a cancel is answered, or not even that. */
  | { readonly kind: 'hang_in_query'; readonly acknowledgeAttention: boolean }
  /** Resets the connection (RST) after so many bytes of the answer to a batch, packet headers counted. */
  | { readonly kind: 'reset_in_answer'; readonly afterBytes: number }
  /** Resets the connection (RST) after half of the first row of a result set. */
  | { readonly kind: 'reset_in_row' }
  /** Every answer, of the login too, goes out one byte at a time. */
  | { readonly kind: 'drip'; readonly millisecondsPerByte: number }
  /** Answers PRELOGIN, or batches, with these bytes, by default 64 KiB at random, and leaves the connection open. */
  | { readonly kind: 'garbage'; readonly answerTo: 'prelogin' | 'batch'; readonly bytes?: Uint8Array };

/** The default fault. */
export const noFault = { kind: 'none' } as const satisfies WireFaults;
