import type { ServerConfig } from '../../config/config.ts';
import type { Engine, ServerFacts } from '../../model/server.ts';
import { type Answer, answerKey, type Side } from '../../preflight/condition.ts';
import { isAsked, type Need, type Question } from '../../preflight/question.ts';
import { rights } from '../../preflight/questions.ts';
import { classifyError, isStatementError } from '../../sql/classify-error.ts';
import { type Connection, TimeLimitError } from '../../sql/connection.ts';
import { ColumnError } from '../../views/column.ts';
import { server as serverView } from '../../views/server.ts';
import { type LoginOptions, logInOnce } from './log-in.ts';

/** What a server is asked, and within which limits. */
export interface Asking extends LoginOptions {
  readonly engine: Engine;
  readonly questions: readonly Question[];
  /** Names of databases, as T-SQL takes them. */
  readonly databases: readonly { readonly name: string; readonly quoted: string }[];
}

const firstMajorWithNarrowRights = 16;

/** Logs in once and asks one question after another. Never rejects: what could not be read is told in words. */
export async function askQuestions(server: ServerConfig, asking: Asking): Promise<Side> {
  const { clock, timeoutSeconds, stop, engine } = asking;
  const side = { server: server.name, engine };
  const outcome = await logInOnce(server, asking, async (connection) => {
    const records = await connection.query(serverView.sql(null), stop, clock.timeLimit(timeoutSeconds));
    const [facts] = serverView.parse(records, { localOffsetSeconds: 0 });
    if (facts === undefined) throw new Error('the server did not say what it is');
    return { facts, answers: await answersOf(connection, facts, asking) };
  });
  if ('answer' in outcome) return { ...side, why: '', ...outcome.answer };
  const { reason, message } = outcome.failure;
  return { ...side, facts: null, why: `it could not be asked (${reason}: ${message})`, answers: new Map() };
}

async function answersOf(
  connection: Connection,
  facts: ServerFacts,
  asking: Asking,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const context: Context = { connection, facts, asking, maySeeDefinitions: false };
  const held = await ask(rights, '', context);
  if (held.kind === 'rows') context.maySeeDefinitions = rights.parse(held.records)[0]?.view_any_definition === 1;
  for (const question of asking.questions) {
    const places = question.isPerDatabase ? asking.databases : [{ name: '', quoted: '' }];
    for (const { name, quoted } of places) {
      answers.set(answerKey(question, name), await answerTo(question, quoted, context));
    }
  }
  return answers;
}

interface Context {
  readonly connection: Connection;
  readonly facts: ServerFacts;
  readonly asking: Asking;
  maySeeDefinitions: boolean;
}

async function answerTo(question: Question, database: string, context: Context): Promise<Answer> {
  const { facts, maySeeDefinitions } = context;
  if (!isAsked(question, facts)) return { kind: 'absent' };
  // Rows may be hidden without a word: then what is there proves nothing, nor does what is not.
  if (question.need.hidesRows && !maySeeDefinitions) {
    return { kind: 'untold', why: `the login lacks ${question.need.right}`, right: question.need.right };
  }
  const answer = await ask(question, database, context);
  if (answer.kind === 'untold') return answer;
  try {
    return { kind: 'rows', rows: question.parse(answer.records) };
  } catch (error) {
    if (error instanceof ColumnError) return { kind: 'untold', why: error.message, right: null };
    throw error;
  }
}

type Raw = { readonly kind: 'rows'; readonly records: readonly Readonly<Record<string, unknown>>[] };

async function ask(
  question: Question,
  database: string,
  { connection, facts, asking }: Context,
): Promise<Raw | (Answer & { kind: 'untold' })> {
  const { clock, timeoutSeconds, stop } = asking;
  try {
    return {
      kind: 'rows',
      records: await connection.query(question.sql(database), stop, clock.timeLimit(timeoutSeconds)),
    };
  } catch (error) {
    const { reason, message } = classifyError(error);
    // A connection that broke has nothing more to say: each further question fails alike, and says so.
    if (!isStatementError(error) && !(error instanceof TimeLimitError))
      return { kind: 'untold', why: `${reason}: ${message}`, right: null };
    const right = reason === 'permission' ? rightOf(question.need, facts) : null;
    return { kind: 'untold', why: right === null ? `${reason}: ${message}` : `the login lacks ${right}`, right };
  }
}

function rightOf({ right, narrowRight }: Need, { engine, majorVersion }: ServerFacts): string | null {
  const isNarrow = engine === 'managed_instance' || majorVersion >= firstMajorWithNarrowRights;
  return isNarrow ? (narrowRight ?? right) : right;
}
