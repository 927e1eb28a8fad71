/** A data type as written: `varchar(max)`, `numeric(25,0)`. */
export interface TypeName {
  readonly name: string;
  readonly parameters: readonly (number | 'max')[];
  readonly line: number;
}

interface At {
  readonly line: number;
}

export type Literal =
  | (At & { readonly kind: 'number'; readonly text: string })
  | (At & { readonly kind: 'string'; readonly value: string; readonly national: boolean })
  | (At & { readonly kind: 'binary'; readonly hex: string })
  | (At & { readonly kind: 'null' });

export interface CallExpression extends At {
  readonly kind: 'call';
  /** Upper case. */
  readonly name: string;
  /** As the query writes it. */
  readonly written: string;
  readonly args: readonly Expression[];
  /** `COUNT(*)`. */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly over: Window | null;
}

/** `OVER (PARTITION BY ... ORDER BY ...)`; frames are not simulated. */
export interface Window {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
}

export interface CastExpression extends At {
  readonly kind: 'cast';
  /** TRY_CAST and TRY_CONVERT give NULL where the others fail. */
  readonly attempt: boolean;
  readonly operand: Expression;
  readonly type: TypeName;
  readonly style: Expression | null;
}

export interface CaseExpression extends At {
  readonly kind: 'case';
  /** The simple form's operand; null in the searched form, whose `when`s are conditions. */
  readonly operand: Expression | null;
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
  readonly otherwise: Expression | null;
}

/** What gives a value. */
export type Scalar =
  | Literal
  | CallExpression
  | CastExpression
  | CaseExpression
  | (At & { readonly kind: 'column'; readonly parts: readonly string[] })
  | (At & { readonly kind: 'variable'; readonly name: string })
  | (At & { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression })
  | (At & {
      readonly kind: 'arithmetic';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (At & { readonly kind: 'subquery'; readonly query: Query });

/** What is true, false or unknown; `near` is the operator to name when it stands where a value is needed. */
export type Condition = At & { readonly near: string } & (
    | {
        readonly kind: 'compare';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: 'logical'; readonly operator: 'AND' | 'OR'; readonly operands: readonly Condition[] }
    | { readonly kind: 'not'; readonly operand: Condition }
    | { readonly kind: 'is null'; readonly negated: boolean; readonly operand: Expression }
    | {
        readonly kind: 'between';
        readonly negated: boolean;
        readonly operand: Expression;
        readonly low: Expression;
        readonly high: Expression;
      }
    | {
        readonly kind: 'in';
        readonly negated: boolean;
        readonly operand: Expression;
        readonly list: readonly Expression[] | Query;
      }
    | {
        readonly kind: 'like';
        readonly negated: boolean;
        readonly operand: Expression;
        readonly pattern: Expression;
        readonly escape: Expression | null;
      }
    | { readonly kind: 'exists'; readonly query: Query }
  );

export type Expression = Scalar | Condition;

export type SelectItem =
  | (At & { readonly kind: 'star'; readonly qualifier: readonly string[] })
  | (At & { readonly kind: 'value'; readonly expression: Expression; readonly alias: string | null })
  | (At & { readonly kind: 'assign'; readonly variable: string; readonly expression: Expression });

export type JoinKind = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS' | 'CROSS APPLY' | 'OUTER APPLY';

export type TableSource =
  | (At & { readonly kind: 'name'; readonly parts: readonly string[]; readonly alias: string | null })
  | (At & {
      readonly kind: 'derived';
      readonly query: Query;
      readonly alias: string;
      readonly columns: readonly string[];
    })
  | (At & {
      readonly kind: 'join';
      readonly join: JoinKind;
      readonly left: TableSource;
      readonly right: TableSource;
      readonly on: Condition | null;
    });

export interface Select extends At {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly top: Expression | null;
  readonly items: readonly SelectItem[];
  readonly from: readonly TableSource[];
  readonly where: Condition | null;
  readonly groupBy: readonly Expression[];
  readonly having: Condition | null;
}

/** `VALUES (1, 2), (3, 4)` as a derived table. */
export interface ValuesList extends At {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expression[])[];
}

export type QueryBody =
  | Select
  | ValuesList
  | (At & { readonly kind: 'nested'; readonly query: Query })
  | (At & {
      readonly kind: 'set';
      readonly operator: 'UNION' | 'UNION ALL' | 'EXCEPT' | 'INTERSECT';
      readonly left: QueryBody;
      readonly right: QueryBody;
    });

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
}

export interface CommonTable extends At {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
}

export interface Query extends At {
  readonly kind: 'query';
  readonly commonTables: readonly CommonTable[];
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly offset: Expression | null;
  readonly fetch: Expression | null;
}

export interface ExecuteArgument {
  readonly name: string | null;
  readonly value: Expression;
  readonly isOutput: boolean;
  /** Left to the procedure. */
  readonly isDefault: boolean;
}

export interface Declaration extends At {
  readonly name: string;
  readonly type: TypeName;
  readonly value: Expression | null;
}

export type Statement = At &
  (
    | { readonly kind: 'query'; readonly query: Query }
    | { readonly kind: 'declare'; readonly declarations: readonly Declaration[] }
    | { readonly kind: 'assign'; readonly variable: string; readonly expression: Expression }
    | { readonly kind: 'option'; readonly names: readonly string[]; readonly value: string }
    | { readonly kind: 'use'; readonly database: string }
    | { readonly kind: 'print'; readonly expression: Expression }
    | {
        readonly kind: 'if';
        readonly condition: Condition;
        readonly then: Statement;
        readonly otherwise: Statement | null;
      }
    | { readonly kind: 'while'; readonly condition: Condition; readonly body: Statement }
    | { readonly kind: 'block'; readonly statements: readonly Statement[] }
    | { readonly kind: 'leave'; readonly how: 'break' | 'continue' | 'return' }
    | { readonly kind: 'wait'; readonly duration: Expression }
    | { readonly kind: 'raise'; readonly how: 'RAISERROR' | 'THROW'; readonly args: readonly Expression[] }
    | {
        readonly kind: 'execute';
        readonly procedure: readonly string[];
        readonly args: readonly ExecuteArgument[];
        /** The variable for what it returns. */
        readonly result: string | null;
      }
    | { readonly kind: 'execute text'; readonly text: Expression }
    | {
        readonly kind: 'transaction';
        readonly action: 'begin' | 'commit' | 'rollback' | 'save';
        /** A word, or the variable that holds it; empty for none. */
        readonly name: string;
      }
    | {
        readonly kind: 'refused';
        readonly action: string;
        readonly target: string;
        readonly object: readonly string[];
        /** The words behind it, as values. */
        readonly rest: readonly string[];
      }
    | { readonly kind: 'create procedure'; readonly name: readonly string[]; readonly body: readonly Statement[] }
  );

const conditionKinds: ReadonlySet<string> = new Set<Condition['kind']>([
  'compare',
  'logical',
  'not',
  'is null',
  'between',
  'in',
  'like',
  'exists',
]);

export function isCondition(expression: Expression): expression is Condition {
  return conditionKinds.has(expression.kind);
}
