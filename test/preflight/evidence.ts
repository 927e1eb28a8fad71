import { type Answer, type AzureSight, answerKey, type Evidence, type Side } from '../../src/preflight/condition.ts';
import { conditions } from '../../src/preflight/conditions/all.ts';
import type { Question } from '../../src/preflight/question.ts';
import { type AzureAnswers, azureState } from '../link/azure-state.ts';
import { now, serverFacts } from '../link/server-state.ts';

type Answers = readonly (readonly [Question, Answer | readonly object[]])[];

/** A server that answered, with these rows. */
export function side(
  engine: Side['engine'],
  answers: Answers = [],
  facts: Partial<NonNullable<Side['facts']>> = {},
): Side {
  const server = engine === 'sql_server' ? 'sql-prod-01' : 'mi-prod';
  return {
    ...{ server, engine, why: '', facts: serverFacts({ engine, ...facts }) },
    answers: new Map(
      answers.map(([question, answer]) => [
        answerKey(question, 'Sales'),
        'kind' in answer ? answer : { kind: 'rows', rows: answer },
      ]),
    ),
  };
}

/** What Azure says of mi-prod. */
export function sight(
  answers: Partial<AzureAnswers>,
  failoverGroups: Extract<AzureSight, { kind: 'read' }>['failoverGroups'] = { value: [], failure: null },
): AzureSight {
  const [instance] = azureState({ links: [], ...answers }).subscriptions.flatMap(({ instances }) => instances);
  if (instance === undefined) throw new Error('there is always one');
  return { kind: 'read', instance, failoverGroups };
}

export function evidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    goal: 'create',
    sqlServer: side('sql_server'),
    managedInstance: side('managed_instance'),
    databases: ['Sales'],
    links: [],
    azure: { kind: 'off' },
    nowSeconds: now,
    ...changes,
  };
}

/** `status text` of each outcome of a condition. */
export function judged(id: string, given: Evidence): readonly string[] {
  const condition = conditions.find((each) => each.id === id);
  if (condition === undefined) throw new Error(`no condition ${id}`);
  return condition.judge(given).map(({ status, text }) => `${status} ${text}`);
}
