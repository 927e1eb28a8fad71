import type { Statement } from '../ast.ts';
import { sqlError } from '../errors/errors.ts';
import { holds } from '../permission.ts';
import { done, type Execution, failed, information, type Step } from './execution.ts';

type Refused = Statement & { readonly kind: 'refused' };

/** What an administrator may order of the links here; null for every other statement, and for who may not. */
export function answerToOrder({ runtime }: Execution, statement: Refused): NonNullable<ReturnType<Ordered>> | null {
  const { instance, login } = runtime;
  if (instance.order === undefined || holds(instance, login, 'CONTROL SERVER') !== true) return null;
  return instance.order(statement);
}

type Ordered = NonNullable<Execution['runtime']['instance']['order']>;

/** Tells what came of an order. */
export async function* executeOrder(
  execution: Execution,
  answer: NonNullable<ReturnType<Ordered>>,
  line: number,
): Step {
  if ('number' in answer)
    return yield* failed(execution, [sqlError({ number: answer.number, class: 16 }, answer.message)], line);
  for (const message of answer.messages) yield information({ number: 0, message, line });
  execution.runtime.errorNumber = 0;
  yield done(execution, null);
  return 'next';
}
