/** One item of an answer; `oddity` says in words why it was not taken. */
export interface Parsed<Value> {
  readonly value: Value | null;
  readonly oddity: string | null;
}
