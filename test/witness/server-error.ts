/** An error of the server as a client reports it. */
export interface ServerError {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly line: number;
  readonly message: string;
}
