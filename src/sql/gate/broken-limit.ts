/** What a server sent can't be right. The connection is of no further use. */
export function protocolFault(message: string): Error {
  return Object.assign(new Error(`the answer is not valid TDS: ${message}`), { code: 'EPARSE' });
}

export interface BrokenLimit {
  /** What was too large, as in `one answer`. */
  readonly what: string;
  /** Where the limit is set, as in `limits.answer_bytes`. */
  readonly setting: string;
  readonly limit: number;
  readonly unit: 'bytes' | 'rows' | 'characters';
}

/** A server sent more than its configuration allows; says which limit, and what to do if the server is honest. */
export function tooLarge({ what, setting, limit, unit }: BrokenLimit, atLeast: number): Error {
  const message = `${what} has at least ${atLeast} ${unit}, and ${setting} allows ${limit}: raise it if the server is that large`;
  return Object.assign(new Error(message), { code: 'ETOOLARGE' });
}
