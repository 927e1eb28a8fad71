import type { Binder, Bound } from './bind/binder.ts';

/** A call whose arguments are bound. */
export interface FunctionCall {
  readonly binder: Binder;
  /** Upper case. */
  readonly name: string;
  readonly line: number;
  readonly args: readonly Bound[];
  /** The first argument's word where the function takes a date part, else empty. */
  readonly datePart: string;
}

/** How a built-in function is bound. */
export interface FunctionSpec {
  readonly least: number;
  readonly most: number;
  /** The first argument is a word such as `second`, not an expression. */
  readonly takesDatePart?: boolean;
  readonly bind: (call: FunctionCall) => Bound;
}

export type Functions = Readonly<Record<string, FunctionSpec>>;
